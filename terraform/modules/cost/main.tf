# What the environment's provider puts on every resource.
data "aws_default_tags" "this" {
  lifecycle {
    postcondition {
      condition     = alltrue([for tag in var.required_tags : length(lookup(self.tags, tag, "")) > 0])
      error_message = "The default_tags of the provider must have all required tags, and none of them empty: ${join(", ", var.required_tags)}."
    }

    postcondition {
      condition     = lookup(self.tags, "Stage", "") == var.stage
      error_message = "The default tag Stage must be ${var.stage}: the budgets count by it."
    }
  }
}

locals {
  name = "evenkeel-${var.stage}"

  budgets = merge(
    { (local.name) = { limit = var.monthly_budget_usd, service = null } },
    {
      for service, limit in var.service_budgets_usd :
      "${local.name}-${trim(replace(lower(service), "/[^a-z0-9]+/", "-"), "-")}" => { limit = limit, service = service }
    },
  )

  # Percentages of what is spent, and of what will have been spent at the end of the month as it looks now.
  alerts = concat(
    [for share in sort([for share in var.alert_percentages : format("%03d", share)]) : { share = tonumber(share), type = "ACTUAL" }],
    [{ share = 100, type = "FORECASTED" }],
  )
}

resource "aws_budgets_budget" "this" {
  for_each = local.budgets

  name         = each.key
  budget_type  = "COST"
  time_unit    = "MONTHLY"
  limit_amount = tostring(each.value.limit)
  limit_unit   = "USD"

  cost_filter {
    name   = "TagKeyValue"
    values = [format("user:Stage$%s", var.stage)] # a template would take the dollar for its own
  }

  dynamic "cost_filter" {
    for_each = each.value.service[*]

    content {
      name   = "Service"
      values = [cost_filter.value]
    }
  }

  dynamic "notification" {
    for_each = local.alerts

    content {
      comparison_operator        = "GREATER_THAN"
      notification_type          = notification.value.type
      threshold                  = notification.value.share
      threshold_type             = "PERCENTAGE"
      subscriber_email_addresses = var.recipients
      subscriber_sns_topic_arns  = [var.alarm_topic_arn]
    }
  }
}

# Without this the tag is on the resources, but not on the bill.
resource "aws_ce_cost_allocation_tag" "this" {
  for_each = var.cost_allocation_tags_enabled ? var.required_tags : []

  tag_key = each.key
  status  = "Active"
}

resource "aws_ce_anomaly_monitor" "this" {
  count = var.anomaly_detection_enabled && var.anomaly_monitor_arn == null ? 1 : 0

  name              = local.name
  monitor_type      = "DIMENSIONAL"
  monitor_dimension = "SERVICE"
}

resource "aws_ce_anomaly_subscription" "this" {
  count = var.anomaly_detection_enabled ? 1 : 0

  name             = local.name
  monitor_arn_list = concat(aws_ce_anomaly_monitor.this[*].arn, var.anomaly_monitor_arn[*])
  # At once, which only a topic can be told.
  frequency = "IMMEDIATE"

  subscriber {
    type    = "SNS"
    address = var.alarm_topic_arn
  }

  threshold_expression {
    dimension {
      key           = "ANOMALY_TOTAL_IMPACT_ABSOLUTE"
      match_options = ["GREATER_THAN_OR_EQUAL"]
      values        = [tostring(var.anomaly_usd)]
    }
  }
}
