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
  stage               = "production"
  monthly_budget_usd  = 6000
  service_budgets_usd = { "Amazon Relational Database Service" = 1500 }
  recipients          = ["platform@example.com"]
  alarm_topic_arn     = "arn:aws:sns:eu-west-1:111122223333:evenkeel-production-alarms"
}

run "refuses_a_stage_that_serverless_would_not_take" {
  command = plan

  variables {
    stage = "Production_1"
  }

  expect_failures = [var.stage]
}

run "refuses_no_budget" {
  command = plan

  variables {
    monthly_budget_usd = 0
  }

  expect_failures = [var.monthly_budget_usd]
}

run "refuses_a_service_without_a_budget" {
  command = plan

  variables {
    service_budgets_usd = { "Amazon Relational Database Service" = 0 }
  }

  expect_failures = [var.service_budgets_usd]
}

run "refuses_a_budget_without_alerts" {
  command = plan

  variables {
    alert_percentages = []
  }

  expect_failures = [var.alert_percentages]
}

run "refuses_an_alert_before_anything_is_spent" {
  command = plan

  variables {
    alert_percentages = [0]
  }

  expect_failures = [var.alert_percentages]
}

run "refuses_more_alerts_than_a_budget_takes" {
  command = plan

  variables {
    alert_percentages = [10, 20, 30, 40, 50]
  }

  expect_failures = [var.alert_percentages]
}

run "refuses_to_tell_nobody" {
  command = plan

  variables {
    recipients = []
  }

  expect_failures = [var.recipients]
}

run "refuses_a_recipient_that_is_no_address" {
  command = plan

  variables {
    recipients = ["platform"]
  }

  expect_failures = [var.recipients]
}

run "refuses_more_recipients_than_a_budget_tells" {
  command = plan

  variables {
    recipients = ["p0@example.com", "p1@example.com", "p2@example.com", "p3@example.com", "p4@example.com", "p5@example.com", "p6@example.com", "p7@example.com", "p8@example.com", "p9@example.com", "p10@example.com"]
  }

  expect_failures = [var.recipients]
}

run "refuses_a_topic_by_name" {
  command = plan

  variables {
    alarm_topic_arn = "alarms"
  }

  expect_failures = [var.alarm_topic_arn]
}

run "refuses_anomalies_of_nothing" {
  command = plan

  variables {
    anomaly_usd = 0
  }

  expect_failures = [var.anomaly_usd]
}

run "refuses_no_required_tags" {
  command = plan

  variables {
    required_tags = []
  }

  expect_failures = [var.required_tags]
}

run "refuses_more_tags_than_config_checks" {
  command = plan

  variables {
    required_tags = ["Stage", "A", "B", "C", "D", "E", "F"]
  }

  expect_failures = [var.required_tags]
}

run "refuses_tags_that_do_not_tell_the_stage" {
  command = plan

  variables {
    required_tags = ["Owner"]
  }

  expect_failures = [var.required_tags]
}

run "refuses_a_provider_that_leaves_out_a_required_tag" {
  command = plan

  override_data {
    target = data.aws_default_tags.this
    values = { tags = { Project = "evenkeel", Stage = "production", Owner = "" } }
  }

  expect_failures = [data.aws_default_tags.this]
}

run "refuses_a_provider_that_tags_another_stage" {
  command = plan

  override_data {
    target = data.aws_default_tags.this
    values = { tags = { Project = "evenkeel", Stage = "staging", Owner = "platform", CostCenter = "1000" } }
  }

  expect_failures = [data.aws_default_tags.this]
}

run "refuses_a_monitor_that_is_none" {
  command = plan

  variables {
    anomaly_monitor_arn = "services"
  }

  expect_failures = [var.anomaly_monitor_arn]
}
