mock_provider "aws" {
  source = "../../mocks"

  mock_data "aws_default_tags" {
    defaults = {
      tags = { Project = "evenkeel", Stage = "production", Owner = "platform", CostCenter = "1000" }
    }
  }

  mock_resource "aws_ce_anomaly_monitor" {
    defaults = { arn = "arn:aws:ce::111122223333:anomalymonitor/mocked" }
  }
}

variables {
  cost_allocation_tags_enabled = true
  tag_check_enabled            = true
  stage                        = "production"
  monthly_budget_usd           = 6000
  service_budgets_usd          = { "Amazon Relational Database Service" = 1500 }
  recipients                   = ["platform@example.com"]
  alarm_topic_arn              = "arn:aws:sns:eu-west-1:111122223333:evenkeel-production-alarms"
}

run "rule_every_alert_of_every_budget_tells_someone" {
  assert {
    condition = length(aws_budgets_budget.this) == 2 && alltrue(flatten([
      for budget in aws_budgets_budget.this : [
        for alert in budget.notification :
        alert.subscriber_email_addresses == toset(["platform@example.com"]) && alert.subscriber_sns_topic_arns == toset([var.alarm_topic_arn])
      ]
    ]))
    error_message = "Every alert must tell the recipients and the alarm topic."
  }
}

run "rule_people_are_told_before_the_money_is_spent" {
  assert {
    condition = alltrue([
      for budget in aws_budgets_budget.this : toset([for alert in budget.notification : "${alert.notification_type} ${alert.threshold}"]) == toset([
        "ACTUAL 50", "ACTUAL 80", "ACTUAL 100", "FORECASTED 100",
      ])
    ])
    error_message = "Each budget must tell when a half, four fifths and all of it is spent, and when it will be."
  }
}

run "rule_a_budget_counts_its_own_stage" {
  assert {
    condition = alltrue([
      for budget in aws_budgets_budget.this : anytrue([for filter in budget.cost_filter : filter.name == "TagKeyValue" && filter.values == tolist(["user:Stage$production"])])
    ])
    error_message = "Each budget must count what has the tag of its stage."
  }

  assert {
    condition = anytrue([
      for filter in aws_budgets_budget.this["evenkeel-production-amazon-relational-database-service"].cost_filter :
      filter.name == "Service" && filter.values == tolist(["Amazon Relational Database Service"])
    ])
    error_message = "A budget of a service must count that service."
  }

  assert {
    condition     = toset(keys(aws_ce_cost_allocation_tag.this)) == var.required_tags && alltrue([for tag in aws_ce_cost_allocation_tag.this : tag.status == "Active"])
    error_message = "The required tags must be on the bill, or no budget counts anything."
  }
}

run "rule_unusual_costs_are_told_at_once" {
  assert {
    condition = (
      length(aws_ce_anomaly_subscription.this) == 1 &&
      aws_ce_anomaly_subscription.this[0].frequency == "IMMEDIATE" &&
      anytrue([for subscriber in aws_ce_anomaly_subscription.this[0].subscriber : subscriber.type == "SNS" && subscriber.address == var.alarm_topic_arn])
    )
    error_message = "Unusual costs must be told to the alarm topic at once."
  }

  assert {
    condition     = aws_ce_anomaly_subscription.this[0].threshold_expression[0].dimension[0].values == toset(["50"])
    error_message = "Small changes must not be told."
  }
}

run "rule_what_has_no_tags_is_found_and_told" {
  assert {
    condition = (
      aws_config_config_rule.required_tags[0].source[0].source_identifier == "REQUIRED_TAGS" &&
      jsondecode(aws_config_config_rule.required_tags[0].input_parameters) == { tag1Key = "CostCenter", tag2Key = "Owner", tag3Key = "Project", tag4Key = "Stage" }
    )
    error_message = "AWS Config must look for all required tags."
  }

  assert {
    condition     = aws_cloudwatch_event_target.untagged[0].arn == var.alarm_topic_arn && aws_cloudwatch_event_target.untagged[0].rule == aws_cloudwatch_event_rule.untagged[0].name
    error_message = "What has no tags must be told to people."
  }
}

run "rule_a_second_stage_of_an_account_leaves_the_account_alone" {
  variables {
    anomaly_detection_enabled    = false
    cost_allocation_tags_enabled = false
    tag_check_enabled            = false
  }

  assert {
    condition     = length(aws_ce_anomaly_monitor.this) + length(aws_ce_anomaly_subscription.this) + length(aws_ce_cost_allocation_tag.this) + length(aws_config_config_rule.required_tags) == 0
    error_message = "What exists once in an account must not be made by a second stage."
  }
}

run "rule_the_first_apply_asks_for_nothing_that_is_not_there_yet" {
  variables {
    anomaly_monitor_arn          = "arn:aws:ce::111122223333:anomalymonitor/there-already"
    cost_allocation_tags_enabled = null
    tag_check_enabled            = null
  }

  assert {
    condition     = length(aws_ce_cost_allocation_tag.this) + length(aws_config_config_rule.required_tags) == 0
    error_message = "Tags that no bill has seen, and rules without a recorder, must be asked for only when somebody says that they are there."
  }

  assert {
    condition     = length(aws_ce_anomaly_monitor.this) == 0 && one(aws_ce_anomaly_subscription.this[0].monitor_arn_list) == "arn:aws:ce::111122223333:anomalymonitor/there-already"
    error_message = "An account that has a monitor of all services takes no second one."
  }
}
