data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

locals {
  name      = "evenkeel-${var.stage}"
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition

  hosts = { for name, service in var.services : name => service.host == "" ? var.domain : "${service.host}.${var.domain}" }
  # Right below the domain, so that its wildcard certificate holds for it; by stage, because a second region has the same domain.
  slots_host = "slots-${var.stage}.${var.domain}"

  takes_part = var.failover != null
  # Where this region alone answers, whoever has the public names.
  region_host = "region-${var.stage}.${var.domain}"
  # What a drill moves in place of the public names. No user knows it.
  drill_host = "failover-drill.${var.domain}"

  slots = {
    for pair in setproduct(keys(var.services), ["blue", "green"]) : "${pair[0]}-${pair[1]}" => { service = pair[0], slot = pair[1] }
  }
}

resource "aws_lb" "this" {
  name               = local.name
  load_balancer_type = "application"
  internal           = var.content_delivery
  subnets            = var.content_delivery ? var.internal_subnet_ids : var.public_subnet_ids
  security_groups    = [aws_security_group.this.id]

  enable_deletion_protection = var.deletion_protection
  enable_zonal_shift         = true
  # What could be read in two ways is refused instead of passed on.
  drop_invalid_header_fields = true
  desync_mitigation_mode     = "strictest"

  access_logs {
    enabled = true
    bucket  = aws_s3_bucket.logs["access"].id
    prefix  = "requests"
  }

  connection_logs {
    enabled = true
    bucket  = aws_s3_bucket.logs["access"].id
    prefix  = "connections"
  }

  # It writes a test object when it is made.
  depends_on = [aws_s3_bucket_policy.logs]
}

resource "aws_lb_listener" "http" {
  load_balancer_arn = aws_lb.this.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}

locals {
  # TLS 1.3 and, for those who cannot, 1.2 with forward secrecy.
  tls_policy = "ELBSecurityPolicy-TLS13-1-2-Res-2021-06"
}

resource "aws_lb_listener" "https" {
  load_balancer_arn = aws_lb.this.arn
  port              = 443
  protocol          = "HTTPS"
  ssl_policy        = local.tls_policy
  certificate_arn   = aws_acm_certificate_validation.this.certificate_arn

  # A name that no service has is nobody's.
  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "Not found"
      status_code  = "404"
    }
  }
}

# Where the control plane asks one slot, whatever the weights are.
resource "aws_lb_listener" "slots" {
  load_balancer_arn = aws_lb.this.arn
  port              = 8443
  protocol          = "HTTPS"
  ssl_policy        = local.tls_policy
  certificate_arn   = aws_acm_certificate_validation.this.certificate_arn

  default_action {
    type = "fixed-response"

    fixed_response {
      content_type = "text/plain"
      message_body = "Not found"
      status_code  = "404"
    }
  }
}
