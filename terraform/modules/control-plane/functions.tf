# The network side of those functions that ask the Kubernetes API or a slot that is not released.
resource "aws_security_group" "functions" {
  name        = "${local.name}-functions"
  description = "Functions of the control plane; nothing comes in"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.name}-functions" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "functions" {
  for_each = { https = 443, slots = 8443 }

  security_group_id = aws_security_group.functions.id
  description       = each.key == "https" ? "AWS, the Kubernetes API, and the services as users see them" : "The load balancer's test listener"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

resource "aws_vpc_security_group_egress_rule" "functions_failover" {
  count = var.failover_network == null ? 0 : 1

  security_group_id = aws_security_group.functions.id
  description       = "PostgreSQL in the first region: is it lost, and is it fenced"
  cidr_ipv4         = var.failover_network
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
}

resource "aws_vpc_security_group_ingress_rule" "cluster" {
  security_group_id            = var.cluster_security_group_id
  description                  = "The control plane asks the Kubernetes API"
  referenced_security_group_id = aws_security_group.functions.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}
