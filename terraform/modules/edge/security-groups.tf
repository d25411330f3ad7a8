resource "aws_security_group" "this" {
  name        = "${local.name}-load-balancer"
  description = "Load balancer of the services"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.name}-load-balancer" }

  lifecycle {
    create_before_destroy = true
  }
}

data "aws_ec2_managed_prefix_list" "cloudfront" {
  count = var.content_delivery ? 1 : 0

  name = "com.amazonaws.global.cloudfront.origin-facing"
}

resource "aws_vpc_security_group_ingress_rule" "cloudfront" {
  count = var.content_delivery ? 1 : 0

  security_group_id = aws_security_group.this.id
  description       = "HTTPS from CloudFront, which is the only way in"
  prefix_list_id    = data.aws_ec2_managed_prefix_list.cloudfront[0].id
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_ingress_rule" "users" {
  for_each = var.content_delivery ? {} : { http = 80, https = 443 }

  security_group_id = aws_security_group.this.id
  description       = "Users, by ${each.key}"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

resource "aws_vpc_security_group_ingress_rule" "probers" {
  # By number: addresses of NAT gateways are not known before these are made.
  for_each = { for index, cidr in var.prober_cidrs : tostring(index) => cidr }

  security_group_id = aws_security_group.this.id
  description       = "The control plane asks a slot before users see it"
  cidr_ipv4         = each.value
  ip_protocol       = "tcp"
  from_port         = aws_lb_listener.slots.port
  to_port           = aws_lb_listener.slots.port
}

resource "aws_vpc_security_group_egress_rule" "pods" {
  for_each = toset([for service in var.services : tostring(service.port)])

  security_group_id            = aws_security_group.this.id
  description                  = "To pods"
  referenced_security_group_id = var.node_security_group_id
  ip_protocol                  = "tcp"
  from_port                    = tonumber(each.key)
  to_port                      = tonumber(each.key)
}

resource "aws_vpc_security_group_ingress_rule" "pods" {
  for_each = toset([for service in var.services : tostring(service.port)])

  security_group_id            = var.node_security_group_id
  description                  = "From the load balancer"
  referenced_security_group_id = aws_security_group.this.id
  ip_protocol                  = "tcp"
  from_port                    = tonumber(each.key)
  to_port                      = tonumber(each.key)
}
