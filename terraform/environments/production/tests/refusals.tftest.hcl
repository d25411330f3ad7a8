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

run "refuses_values_that_cannot_be_meant_and_recipients_who_are_nobody" {
  command = plan

  variables {
    account_id               = "production"
    owner                    = "the platform team"
    cost_center              = ""
    domain                   = "mcp-ui.example.com."
    hosted_zone_id           = "example.com"
    github_repository        = "acme/*"
    recipients               = {}
    cost_recipients          = []
    grafana_admin_group_ids  = []
    grafana_viewer_group_ids = ["everybody"]
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
    var.grafana_admin_group_ids,
    var.grafana_viewer_group_ids,
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
