resource "aws_lb_target_group" "slot" {
  for_each = local.slots

  name                 = each.key
  vpc_id               = var.vpc_id
  target_type          = "ip"
  port                 = var.services[each.value.service].port
  protocol             = var.services[each.value.service].protocol
  deregistration_delay = var.services[each.value.service].drain_seconds

  health_check {
    path                = var.services[each.value.service].health_path
    protocol            = var.services[each.value.service].protocol
    matcher             = "200"
    interval            = 5
    timeout             = 3
    healthy_threshold   = 2
    unhealthy_threshold = 2
  }

  # A sticky client would stay on a bad slot after an undo.
  stickiness {
    enabled = false
    type    = "lb_cookie"
  }

  tags = {
    Name                   = each.key
    "evenkeel.dev/service" = each.value.service
    "evenkeel.dev/slot"    = each.value.slot
  }
}

resource "aws_lb_listener_rule" "service" {
  for_each = var.services

  listener_arn = aws_lb_listener.https.arn
  priority     = each.value.priority

  condition {
    host_header {
      values = concat([local.hosts[each.key]], each.key == try(var.failover.drill_service, null) ? [local.drill_host] : [])
    }
  }

  action {
    type = "forward"

    forward {
      target_group {
        arn    = aws_lb_target_group.slot["${each.key}-blue"].arn
        weight = 100
      }

      target_group {
        arn    = aws_lb_target_group.slot["${each.key}-green"].arn
        weight = 0
      }

      stickiness {
        enabled  = false
        duration = 1
      }
    }
  }

  tags = { Name = each.key }

  lifecycle {
    # The weights are the control plane's, at any moment: an apply that put these back would move users to the blue slot,
    # whatever is on it. The groups form a set, of which single weights cannot be ignored, so the whole action is.
    ignore_changes = [action]
  }
}

# The header that the probe sends (PROBE_ADDRESSES) chooses the slot.
resource "aws_lb_listener_rule" "slot" {
  for_each = local.slots

  listener_arn = aws_lb_listener.slots.arn
  priority     = var.services[each.value.service].priority * 2 - (each.value.slot == "blue" ? 1 : 0)

  condition {
    http_header {
      http_header_name = "x-evenkeel-service"
      values           = [each.value.service]
    }
  }

  condition {
    http_header {
      http_header_name = "x-evenkeel-slot"
      values           = [each.value.slot]
    }
  }

  action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.slot[each.key].arn
  }

  tags = { Name = each.key }
}
