mock_provider "aws" {
  source = "../../mocks"
}

mock_provider "aws" {
  alias  = "second_region"
  source = "../../mocks"
}

override_data {
  target = data.aws_region.second
  values = { name = "eu-central-1" }
}

variables {
  stage                 = "production"
  public_target         = "d111.cloudfront.net"
  health_check_id       = "check-1"
  load_balancer_address = { host = "internal-evenkeel.elb.amazonaws.com", port = 8443 }
  network               = { vpc_id = "vpc-1", cidr_block = "10.20.0.0/16", route_table_ids = { internal = "rtb-internal", data = "rtb-data" } }
  second_network        = { vpc_id = "vpc-2", cidr_block = "10.30.0.0/16", route_table_ids = ["rtb-a", "rtb-b", "rtb-c"] }
  database = {
    name                    = "mcp-ui"
    instance_id             = "evenkeel-production"
    address                 = { host = "evenkeel-production.rds.amazonaws.com", port = 5432 }
    fence_security_group_id = "sg-fence"
  }
}

# Planned only: what is applied by a provider that the module itself does not have, a test cannot take down.
run "rule_the_second_region_is_told_what_its_witnesses_ask" {
  command = plan

  assert {
    condition     = aws_ssm_parameter.known.name == "/evenkeel/production/known-elsewhere" && aws_ssm_parameter.known.type == "String"
    error_message = "What must be known elsewhere must lie under the stage's path, readable without a key of the lost region."
  }

  assert {
    condition = local.known.witnesses.healthCheck == "check-1" && local.known.witnesses.metric.dimensions == { Database = "mcp-ui" } && (
      [for address in local.known.witnesses.addresses : "${address.host}:${address.port}"] == ["evenkeel-production.rds.amazonaws.com:5432", "internal-evenkeel.elb.amazonaws.com:8443"]
    )
    error_message = "The witnesses must be told the health check, the metric, and the addresses of database and load balancer."
  }

  assert {
    condition     = local.known.writer.id == "evenkeel-production" && local.known.writer.does.region == "eu-west-1" && local.known.writer.does.fenceSecurityGroup == "sg-fence"
    error_message = "The old writer must be named with its region and its fence."
  }
}

run "rule_there_is_a_way_between_the_networks_both_ways" {
  command = plan

  assert {
    condition     = aws_vpc_peering_connection.this[0].vpc_id == "vpc-1" && aws_vpc_peering_connection.this[0].peer_vpc_id == "vpc-2" && aws_vpc_peering_connection.this[0].peer_region == "eu-central-1"
    error_message = "The two networks must be connected: neither database nor load balancer has a public address."
  }

  assert {
    condition     = length(aws_vpc_peering_connection_accepter.this) == 1 && aws_vpc_peering_connection_accepter.this[0].auto_accept
    error_message = "The second region must accept."
  }

  assert {
    condition = toset([for route in aws_route.to_second : route.route_table_id]) == toset(["rtb-internal", "rtb-data"]) && alltrue([for route in aws_route.to_second : route.destination_cidr_block == "10.30.0.0/16"]) && (
      toset([for route in aws_route.from_second : route.route_table_id]) == toset(["rtb-a", "rtb-b", "rtb-c"]) && alltrue([for route in aws_route.from_second : route.destination_cidr_block == "10.20.0.0/16"])
    )
    error_message = "What is asked and who asks must each have a route to the other."
  }
}

run "rule_without_a_second_network_nothing_is_connected_but_all_is_told" {
  command = plan

  variables {
    second_network = null
  }

  assert {
    condition     = length(aws_vpc_peering_connection.this) + length(aws_vpc_peering_connection_accepter.this) + length(aws_route.to_second) + length(aws_route.from_second) == 0 && length(aws_ssm_parameter.known.name) > 0
    error_message = "As long as the second region is not made, it must still be told what it is made from."
  }
}
