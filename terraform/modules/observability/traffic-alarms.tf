# The alarms that config/catalog.yml names, <service>-error-ratio and <service>-latency: each of them undoes a release
# that is on its way. They judge the worse slot, because a bad release has 1 % of traffic at first, and is lost in a sum.
#
# A slot without requests has no points, and a gap must not hide the other slot: FILL makes it a zero, and MAX passes over
# a slot that was never measured at all. FILL also makes a zero of a point that is merely late, so an alarm asks for three
# bad periods of six, not for three in a row. That there are no points from anywhere is told by the alarm further below.

locals {
  slots = ["blue", "green"]

  traffic = { namespace = "Evenkeel/Traffic", periods = 6, bad_periods = 3 }

  worst = {
    error-ratio = {
      metric = "Failures"
      stat   = "Sum"
      says   = "fails more requests than it may"
      worst  = "MAX([${join(", ", [for slot in local.slots : "IF(FILL(${slot}_requests, 0) >= %d, FILL(${slot}_value, 0) / FILL(${slot}_requests, 1), 0)"])}])"
    }
    latency = {
      metric = "Latency"
      stat   = "p95"
      says   = "answers more slowly than it may"
      worst  = "MAX([${join(", ", [for slot in local.slots : "IF(FILL(${slot}_requests, 0) >= %d, FILL(${slot}_value, 0), 0)"])}])"
    }
  }

  traffic_alarms = merge([
    for service, limits in var.services : {
      for kind, alarm in local.worst : "${service}-${kind}" => merge(alarm, {
        service    = service
        period     = limits.period_seconds
        expression = format(alarm.worst, [for _ in local.slots : limits.minimum_requests]...)
        threshold  = kind == "latency" ? limits.latency_p95_ms : limits.error_ratio
      })
    }
  ]...)
}

resource "aws_cloudwatch_metric_alarm" "traffic" {
  for_each = local.traffic_alarms

  alarm_name        = each.key
  alarm_description = "${each.value.service} ${each.value.says}. A release on its way is undone; without one, see its dashboard and its last release."
  alarm_actions     = [aws_sns_topic.alarms.arn]
  ok_actions        = [aws_sns_topic.alarms.arn]

  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = local.traffic.periods
  datapoints_to_alarm = local.traffic.bad_periods
  treat_missing_data  = "missing"

  metric_query {
    id          = "worst"
    label       = each.key
    expression  = each.value.expression
    return_data = true
  }

  dynamic "metric_query" {
    for_each = local.slots

    content {
      id = "${metric_query.value}_requests"

      metric {
        namespace   = local.traffic.namespace
        metric_name = "Requests"
        period      = each.value.period
        stat        = "Sum"
        dimensions  = { Service = each.value.service, Slot = metric_query.value }
      }
    }
  }

  dynamic "metric_query" {
    for_each = local.slots

    content {
      id = "${metric_query.value}_value"

      metric {
        namespace   = local.traffic.namespace
        metric_name = each.value.metric
        period      = each.value.period
        stat        = each.value.stat
        dimensions  = { Service = each.value.service, Slot = metric_query.value }
      }
    }
  }
}

# Whoever counts requests also counts none, so silence means that nobody counts, and that the two above are blind.
resource "aws_cloudwatch_metric_alarm" "unmeasured" {
  for_each = var.services

  alarm_name        = "${each.key}-unmeasured"
  alarm_description = "Nobody counts the requests of ${each.key}: its other alarms are blind, and no release of it can be judged."
  alarm_actions     = [aws_sns_topic.alarms.arn]
  ok_actions        = [aws_sns_topic.alarms.arn]

  comparison_operator = "LessThanThreshold"
  threshold           = 1
  evaluation_periods  = 5
  datapoints_to_alarm = 5
  treat_missing_data  = "breaching"

  metric_query {
    id          = "points"
    label       = "${each.key}-unmeasured"
    expression  = "SUM([FILL(blue, 0), FILL(green, 0)])"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = local.slots

    content {
      id = metric_query.value

      metric {
        namespace   = local.traffic.namespace
        metric_name = "Requests"
        period      = 60
        stat        = "SampleCount"
        dimensions  = { Service = each.key, Slot = metric_query.value }
      }
    }
  }
}

# What users of any service saw, as the load balancer tells it: its own failures too, which no pod counts.
resource "aws_cloudwatch_metric_alarm" "edge_failures" {
  alarm_name        = "${local.name}-edge-failures"
  alarm_description = "More than 2 % of requests to the load balancer were answered with 5xx, by itself or by a service."
  alarm_actions     = [aws_sns_topic.alarms.arn]
  ok_actions        = [aws_sns_topic.alarms.arn]

  comparison_operator = "GreaterThanThreshold"
  threshold           = 0.02
  evaluation_periods  = 5
  datapoints_to_alarm = 3
  treat_missing_data  = "notBreaching" # a load balancer without requests has no points

  metric_query {
    id          = "ratio"
    label       = "5xx by request"
    expression  = "IF(FILL(requests, 0) >= 20, SUM([FILL(edge, 0), FILL(target, 0)]) / FILL(requests, 1), 0)"
    return_data = true
  }

  dynamic "metric_query" {
    for_each = {
      requests = "RequestCount"
      edge     = "HTTPCode_ELB_5XX_Count"
      target   = "HTTPCode_Target_5XX_Count"
    }

    content {
      id = metric_query.key

      metric {
        namespace   = "AWS/ApplicationELB"
        metric_name = metric_query.value
        period      = 60
        stat        = "Sum"
        dimensions  = { LoadBalancer = var.load_balancer.arn_suffix }
      }
    }
  }
}
