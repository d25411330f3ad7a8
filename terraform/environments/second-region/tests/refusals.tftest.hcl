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

run "refuses_values_that_cannot_be_meant_and_recipients_who_are_nobody" {
  command = plan

  variables {
    account_id        = "second-region"
    owner             = "the platform team"
    cost_center       = ""
    domain            = "mcp-ui.example.com."
    hosted_zone_id    = "example.com"
    github_repository = "acme/*"
    recipients        = {}
    cost_recipients   = []
  }

  expect_failures = [
    var.account_id,
    var.owner,
    var.cost_center,
    var.domain,
    var.hosted_zone_id,
    var.github_repository,
    var.recipients,
    var.cost_recipients,
  ]
}

run "refuses_an_administrator_of_another_account" {
  command = plan

  variables {
    administrator_role_arn = "arn:aws:iam::333333333333:role/administrator"
  }

  expect_failures = [var.administrator_role_arn]
}

# Alone, because it is compared with account_id, and nothing is compared with a value that was refused.
run "refuses_an_administrator_who_is_no_role" {
  command = plan

  variables {
    administrator_role_arn = "arn:aws:iam::222222222222:user/admin"
  }

  expect_failures = [var.administrator_role_arn]
}
