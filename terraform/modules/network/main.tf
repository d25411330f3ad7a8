data "aws_region" "this" {}

data "aws_availability_zones" "this" {
  state = "available"

  # Local zones have no NAT and cannot hold a cluster.
  filter {
    name   = "opt-in-status"
    values = ["opt-in-not-required"]
  }
}

locals {
  name  = "evenkeel-${var.stage}"
  zones = slice(data.aws_availability_zones.this.names, 0, 3)

  # Three quarters for pods, each of which has an address; the first quarter, in sixteenths, for all else.
  quarters   = cidrsubnets(var.cidr_block, 2, 2, 2, 2)
  sixteenths = cidrsubnets(local.quarters[0], [for _ in range(16) : 4]...)

  subnets = {
    public   = slice(local.sixteenths, 0, 3)
    data     = slice(local.sixteenths, 4, 7)
    isolated = slice(local.sixteenths, 8, 11)
    internal = slice(local.sixteenths, 12, 15)
    private  = slice(local.quarters, 1, 4)
  }

  nat_zones = var.nat_gateways == "single" ? slice(local.zones, 0, 1) : local.zones
}

resource "aws_vpc" "this" {
  cidr_block           = var.cidr_block
  enable_dns_support   = true
  enable_dns_hostnames = true

  tags = { Name = local.name }

  lifecycle {
    postcondition {
      condition     = length(local.zones) == 3
      error_message = "The region must have three availability zones that need no opt-in."
    }
  }
}

# Nothing may use the defaults: whatever forgot to name its group or list is cut off instead of open.
resource "aws_default_security_group" "this" {
  vpc_id = aws_vpc.this.id

  tags = { Name = "${local.name}-default-closed" }
}

resource "aws_default_network_acl" "this" {
  default_network_acl_id = aws_vpc.this.default_network_acl_id

  tags = { Name = "${local.name}-default-closed" }
}

resource "aws_default_route_table" "this" {
  default_route_table_id = aws_vpc.this.default_route_table_id
  route                  = []

  tags = { Name = "${local.name}-default-closed" }
}
