data "aws_region" "this" {}

data "aws_region" "second" {
  provider = aws.second_region
}

locals {
  name = "evenkeel-${var.stage}"

  # In the shape that the environment of the second region hands on to its control plane (lib/adapters/failover/settings.ts).
  known = {
    database = var.database.name
    target   = var.public_target

    witnesses = {
      healthCheck = var.health_check_id
      # What functions/triggers/heartbeat-due.ts sends there.
      metric    = { namespace = "Evenkeel/Failover", name = "HealthyTargets", dimensions = { Database = var.database.name } }
      addresses = [var.database.address, var.load_balancer_address]
    }

    writer = {
      id   = var.database.instance_id
      does = { region = data.aws_region.this.name, fenceSecurityGroup = var.database.fence_security_group_id, address = var.database.address }
    }

    network = var.network.cidr_block
  }
}

# All that the second region must know of this one. It lies there, so that it is read when this region is gone.
resource "aws_ssm_parameter" "known" {
  provider = aws.second_region

  name        = "/evenkeel/${var.stage}/known-elsewhere"
  description = "JSON: what the second region must know of ${var.stage}"
  type        = "String"
  value       = jsonencode(local.known)
}
