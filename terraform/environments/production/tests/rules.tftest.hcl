mock_provider "aws" {
  source = "../../mocks"

  mock_data "aws_default_tags" {
    defaults = {
      tags = { Project = "evenkeel", Stage = "production", Owner = "platform", CostCenter = "1000" }
    }
  }
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "../../mocks"
}

mock_provider "aws" {
  alias  = "second_region"
  source = "../../mocks"

  mock_data "aws_vpc" {
    defaults = { id = "vpc-0123456789abcdef1", cidr_block = "10.30.0.0/16" }
  }

  mock_data "aws_route_tables" {
    defaults = { ids = ["rtb-a", "rtb-b", "rtb-c"] }
  }
}

# One run for all: each plans the whole environment.
run "rule_the_whole_can_be_planned_and_has_the_names_that_others_rely_on" {
  command = plan

  assert {
    condition     = module.database.instance_id == "evenkeel-production" && module.cluster.cluster_name == "evenkeel-production"
    error_message = "All names must start with evenkeel-production, as the stack and the manifests expect."
  }

  assert {
    condition     = module.network.vpc_cidr_block == "10.20.0.0/16"
    error_message = "Staging has 10.10.0.0/16, production 10.20.0.0/16, the second region 10.30.0.0/16: networks that may be connected one day must not overlap."
  }

  assert {
    condition = length(setsubtract(
      ["mcp-manager-error-ratio", "mcp-manager-latency", "mcp-frontend-error-ratio", "mcp-frontend-latency"],
      output.alarm_names,
    )) == 0
    error_message = "The alarms that config/catalog.yml names must be made."
  }

  assert {
    condition = length(setsubtract(
      [
        "name", "region", "domain", "network-cidr", "hosted-zone-id", "backup-bucket", "backup-key-arn",
        "secret-database", "secret-cache",
        "role-external-secrets", "role-certificate-dns01", "role-database-backup", "role-configuration-backup",
        "target-group-mcp-manager-blue", "target-group-mcp-manager-green",
        "target-group-mcp-frontend-blue", "target-group-mcp-frontend-green",
      ],
      keys(output.manifest_values),
    )) == 0
    error_message = "manifest_values must hold each value that the overlay's environment.yaml takes from Terraform."
  }

  assert {
    condition     = module.database.read_replica_ids == ["evenkeel-production-replica-1"]
    error_message = "Production must have a read replica, so that reads go on when the primary is busy."
  }

  assert {
    condition     = module.edge.moving_names == tolist(["api.mcp-ui.example.com", "mcp-ui.example.com", "failover-drill.mcp-ui.example.com"])
    error_message = "The names that config/catalog.yml lets a failover move must be made."
  }

  assert {
    condition     = local.second_region_ranges == { second-region = "10.30.0.0/16" }
    error_message = "The second region's control plane must be let in to ask whether this region lives."
  }
}
