mock_provider "aws" {
  source = "../../mocks"

  mock_data "aws_default_tags" {
    defaults = {
      tags = { Project = "evenkeel", Stage = "second-region", Owner = "platform", CostCenter = "1000" }
    }
  }

  mock_data "aws_secretsmanager_secret" {
    defaults = { arn = "arn:aws:secretsmanager:eu-central-1:222222222222:secret:evenkeel/production/database-AbCdEf" }
  }

  mock_data "aws_secretsmanager_secret_version" {
    defaults = { secret_string = "{\"username\":\"owner\",\"password\":\"secret\",\"dbname\":\"mcp_ui\"}" }
  }
}

mock_provider "aws" {
  alias  = "us_east_1"
  source = "../../mocks"
}

# One run for all: each plans the whole environment.
run "rule_the_whole_can_be_planned_and_has_the_names_that_others_rely_on" {
  command = plan

  assert {
    condition     = module.database.instance_id == "evenkeel-second-region" && module.cluster.cluster_name == "evenkeel-second-region"
    error_message = "All names must start with evenkeel-second-region, as the stack and the manifests expect."
  }

  assert {
    condition     = module.network.vpc_cidr_block == "10.30.0.0/16"
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
    condition     = contains(output.alarm_names, "evenkeel-second-region-database-lag")
    error_message = "What a promotion would lose must be told: the database's lag must have an alarm."
  }
}
