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

  mock_data "aws_ssm_parameter" {
    defaults = { insecure_value = "{\"database\":\"mcp-ui\",\"target\":\"d111.cloudfront.net\",\"network\":\"10.20.0.0/16\",\"witnesses\":{\"healthCheck\":\"check-1\",\"metric\":{\"namespace\":\"Evenkeel/Failover\",\"name\":\"HealthyTargets\",\"dimensions\":{\"Database\":\"mcp-ui\"}},\"addresses\":[{\"host\":\"evenkeel-production.rds.amazonaws.com\",\"port\":5432}]},\"writer\":{\"id\":\"evenkeel-production\",\"does\":{\"region\":\"eu-west-1\",\"fenceSecurityGroup\":\"sg-fence\",\"address\":{\"host\":\"evenkeel-production.rds.amazonaws.com\",\"port\":5432}}}}" }
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

  assert {
    condition = toset(keys(local.failover.names)) == toset(["api.mcp-ui.example.com", "mcp-ui.example.com", "failover-drill.mcp-ui.example.com"]) && alltrue([
      for name in local.failover.names : name.targets.primary == "d111.cloudfront.net" && name.zone == var.hosted_zone_id
    ])
    error_message = "The control plane must be told each name that moves, and what it leads to on the primary side."
  }

  assert {
    condition     = toset(keys(local.failover.writers)) == toset(["evenkeel-production"]) && local.failover.writers["evenkeel-production"].fenceSecurityGroup == "sg-fence" && toset(keys(local.failover.witnesses)) == toset(["mcp-ui"])
    error_message = "The control plane must be told the old writer with its fence, and the witnesses of the catalog's database."
  }
}
