# Which side a name may lead to. Weights alone do not decide it: when no record with a weight is healthy, Route 53 answers with
# those of weight 0. So a side says that it is healthy only if users may come to it.

# Answered by the load balancer itself: a release that goes wrong is no loss of the region.
resource "aws_lb_listener_rule" "region" {
  count = local.takes_part ? 1 : 0

  listener_arn = aws_lb_listener.https.arn
  priority     = 50000

  condition {
    host_header {
      values = [local.region_host]
    }
  }

  action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "This region answers"
      status_code  = "200"
    }
  }

  tags = { Name = "region" }
}

# The way users come: the primary side's is asked by the first witness of a failover.
resource "aws_route53_health_check" "region" {
  count = local.takes_part ? 1 : 0

  type              = "HTTPS"
  fqdn              = local.region_host
  port              = 443
  resource_path     = "/"
  enable_sni        = true
  request_interval  = 30
  failure_threshold = 3

  tags = { Name = "${local.name}-region" }
}

# RDS tells the lag of what follows, and of nothing else: as long as there is a figure, the database refuses writes.
resource "aws_cloudwatch_metric_alarm" "follows" {
  count = local.side == "second" ? 1 : 0

  alarm_name          = "${local.name}-database-follows"
  alarm_description   = "The database follows another one. This is as it should be, and tells nobody: it keeps names from leading here."
  namespace           = "AWS/RDS"
  metric_name         = "ReplicaLag"
  dimensions          = { DBInstanceIdentifier = var.failover.replica_id }
  statistic           = "Maximum"
  period              = 60
  evaluation_periods  = 1
  threshold           = -1
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  actions_enabled     = false
}

resource "aws_route53_health_check" "takes_writes" {
  count = local.side == "second" ? 1 : 0

  type                            = "CLOUDWATCH_METRIC"
  cloudwatch_alarm_name           = aws_cloudwatch_metric_alarm.follows[0].alarm_name
  cloudwatch_alarm_region         = data.aws_region.this.name
  insufficient_data_health_status = "Healthy"

  tags = { Name = "${local.name}-takes-writes" }
}

resource "aws_route53_health_check" "second" {
  count = local.side == "second" ? 1 : 0

  type                   = "CALCULATED"
  child_health_threshold = 2
  child_healthchecks     = [aws_route53_health_check.region[0].id, aws_route53_health_check.takes_writes[0].id]

  tags = { Name = "${local.name}-public-names" }
}

locals {
  public_health_check = local.side == "second" ? aws_route53_health_check.second : aws_route53_health_check.region
}
