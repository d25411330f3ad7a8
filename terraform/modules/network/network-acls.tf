# The default list lets nothing through, so each tier has one of its own. Security groups decide between hosts; these
# hold where one of them is wrong.

resource "aws_network_acl" "public" {
  vpc_id     = aws_vpc.this.id
  subnet_ids = values(aws_subnet.public)[*].id

  tags = { Name = "${local.name}-public" }
}

# Web requests, the slots' test listener, and answers to what the NAT gateways sent out.
resource "aws_network_acl_rule" "public_in" {
  for_each = {
    http    = { number = 100, cidr_block = "0.0.0.0/0", protocol = "tcp", from_port = 80, to_port = 80 }
    https   = { number = 110, cidr_block = "0.0.0.0/0", protocol = "tcp", from_port = 443, to_port = 443 }
    answers = { number = 120, cidr_block = "0.0.0.0/0", protocol = "tcp", from_port = 1024, to_port = 65535 }
    udp     = { number = 130, cidr_block = "0.0.0.0/0", protocol = "udp", from_port = 1024, to_port = 65535 }
    inside  = { number = 140, cidr_block = var.cidr_block, protocol = "-1", from_port = 0, to_port = 0 }
  }

  network_acl_id = aws_network_acl.public.id
  rule_action    = "allow"
  rule_number    = each.value.number
  cidr_block     = each.value.cidr_block
  protocol       = each.value.protocol
  from_port      = each.value.from_port
  to_port        = each.value.to_port
}

resource "aws_network_acl_rule" "public_out" {
  network_acl_id = aws_network_acl.public.id
  egress         = true
  rule_action    = "allow"
  rule_number    = 100
  cidr_block     = "0.0.0.0/0"
  protocol       = "-1"
}

resource "aws_network_acl" "private" {
  vpc_id     = aws_vpc.this.id
  subnet_ids = values(aws_subnet.private)[*].id

  tags = { Name = "${local.name}-private" }
}

# From inside all, from outside answers only: a list has no memory, so answers are known by their ports.
resource "aws_network_acl_rule" "private_in" {
  for_each = {
    inside  = { number = 100, cidr_block = var.cidr_block, protocol = "-1", from_port = 0, to_port = 0 }
    answers = { number = 110, cidr_block = "0.0.0.0/0", protocol = "tcp", from_port = 1024, to_port = 65535 }
    udp     = { number = 120, cidr_block = "0.0.0.0/0", protocol = "udp", from_port = 1024, to_port = 65535 }
  }

  network_acl_id = aws_network_acl.private.id
  rule_action    = "allow"
  rule_number    = each.value.number
  cidr_block     = each.value.cidr_block
  protocol       = each.value.protocol
  from_port      = each.value.from_port
  to_port        = each.value.to_port
}

resource "aws_network_acl_rule" "private_out" {
  network_acl_id = aws_network_acl.private.id
  egress         = true
  rule_action    = "allow"
  rule_number    = 100
  cidr_block     = "0.0.0.0/0"
  protocol       = "-1"
}

resource "aws_network_acl" "data" {
  vpc_id     = aws_vpc.this.id
  subnet_ids = values(aws_subnet.data)[*].id

  tags = { Name = "${local.name}-data" }
}

resource "aws_network_acl_rule" "data" {
  for_each = { in = false, out = true }

  network_acl_id = aws_network_acl.data.id
  egress         = each.value
  rule_action    = "allow"
  rule_number    = 100
  cidr_block     = var.cidr_block
  protocol       = "-1"
}

# What another region's control plane may ask: whether the database answers.
resource "aws_network_acl_rule" "data_peer_in" {
  for_each = local.peer_rules

  network_acl_id = aws_network_acl.data.id
  rule_action    = "allow"
  rule_number    = each.value.number
  cidr_block     = each.value.cidr_block
  protocol       = "tcp"
  from_port      = 5432
  to_port        = 5432
}

resource "aws_network_acl" "internal" {
  vpc_id     = aws_vpc.this.id
  subnet_ids = values(aws_subnet.internal)[*].id

  tags = { Name = "${local.name}-internal" }
}

# CloudFront comes from inside the network too, by interfaces of its own in these subnets.
resource "aws_network_acl_rule" "internal" {
  for_each = { in = false, out = true }

  network_acl_id = aws_network_acl.internal.id
  egress         = each.value
  rule_action    = "allow"
  rule_number    = 100
  cidr_block     = var.cidr_block
  protocol       = "-1"
}

# And whether the load balancer does.
resource "aws_network_acl_rule" "internal_peer_in" {
  for_each = local.peer_rules

  network_acl_id = aws_network_acl.internal.id
  rule_action    = "allow"
  rule_number    = each.value.number
  cidr_block     = each.value.cidr_block
  protocol       = "tcp"
  from_port      = 8443
  to_port        = 8443
}

resource "aws_network_acl_rule" "peer_answers" {
  for_each = { for pair in setproduct(["data", "internal"], keys(local.peer_rules)) : join("-", pair) => { tier = pair[0], rule = local.peer_rules[pair[1]] } }

  network_acl_id = each.value.tier == "data" ? aws_network_acl.data.id : aws_network_acl.internal.id
  egress         = true
  rule_action    = "allow"
  rule_number    = each.value.rule.number
  cidr_block     = each.value.rule.cidr_block
  protocol       = "tcp"
  from_port      = 1024
  to_port        = 65535
}

locals {
  peer_rules = { for index, range in var.peer_cidr_blocks : tostring(index) => { number = 200 + index, cidr_block = range } }
}
