locals {
  sampling = {
    # Probes ask every few seconds and have nothing to tell.
    probes = { priority = 10, url_path = "/health*", service_name = "*", reservoir = 0, share = 0 }
    # Runs are few, and each of them may have to be explained.
    control-plane = { priority = 20, url_path = "*", service_name = "${local.name}-*", reservoir = 10, share = 1 }
    requests      = { priority = 100, url_path = "*", service_name = "*", reservoir = 1, share = var.trace_share }
  }
}

resource "aws_xray_sampling_rule" "this" {
  for_each = local.sampling

  # 32 characters are the most.
  rule_name      = substr("${var.stage}-${each.key}", 0, 32)
  version        = 1
  priority       = each.value.priority
  reservoir_size = each.value.reservoir
  fixed_rate     = each.value.share
  url_path       = each.value.url_path
  service_name   = each.value.service_name
  service_type   = "*"
  host           = "*"
  http_method    = "*"
  resource_arn   = "*"
}

resource "aws_xray_group" "trouble" {
  group_name        = "${local.name}-trouble"
  filter_expression = "fault = true OR error = true OR responsetime >= ${var.slow_trace_seconds}"

  insights_configuration {
    insights_enabled      = true
    notifications_enabled = true
  }
}
