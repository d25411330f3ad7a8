# Where restored databases are. A restored database holds everything that the real one does, so four things each keep it
# apart alone: no route leaves the network, the ACL lets nothing past, the group lets nobody in, and the restoring role
# can name no other subnet group.

resource "aws_subnet" "isolated" {
  for_each = var.isolated_subnets

  vpc_id                  = var.vpc_id
  availability_zone       = each.key
  cidr_block              = each.value
  map_public_ip_on_launch = false

  tags = { Name = "${local.name}-isolated-${each.key}" }
}

resource "aws_route_table" "isolated" {
  vpc_id = var.vpc_id
  route  = []

  tags = { Name = "${local.name}-isolated" }
}

resource "aws_route_table_association" "isolated" {
  for_each = aws_subnet.isolated

  route_table_id = aws_route_table.isolated.id
  subnet_id      = each.value.id
}

# A list without rules lets nothing through.
resource "aws_network_acl" "isolated" {
  vpc_id     = var.vpc_id
  subnet_ids = values(aws_subnet.isolated)[*].id

  tags = { Name = "${local.name}-isolated" }
}

resource "aws_db_subnet_group" "restore_test" {
  name        = "${local.name}-restore-test"
  description = "Where backups of ${var.stage} are restored to be looked at"
  subnet_ids  = values(aws_subnet.isolated)[*].id

  tags = { Name = "${local.name}-restore-test" }
}

resource "aws_security_group" "restore_test" {
  name        = "${local.name}-restore-test"
  description = "Restored databases: nobody in but the verifier, nothing out"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.name}-restore-test" }
}

# The verifier is inside as well: a function without a way out, whose answer AWS carries, not the network.
resource "aws_security_group" "verifier" {
  count = var.verification_enabled ? 1 : 0

  name        = "${local.name}-restore-verifier"
  description = "Reads restored databases: nothing in, nothing out but PostgreSQL to them"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.name}-restore-verifier" }
}

resource "aws_vpc_security_group_egress_rule" "verifier" {
  count = var.verification_enabled ? 1 : 0

  security_group_id            = aws_security_group.verifier[0].id
  description                  = "PostgreSQL to restored databases"
  referenced_security_group_id = aws_security_group.restore_test.id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_vpc_security_group_ingress_rule" "restore_test" {
  count = var.verification_enabled ? 1 : 0

  security_group_id            = aws_security_group.restore_test.id
  description                  = "PostgreSQL from the verifier"
  referenced_security_group_id = aws_security_group.verifier[0].id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

locals {
  # Between the isolated subnets only: a verifier may be in another zone. Answers go to high ports.
  isolated_ranges = var.verification_enabled ? sort(values(var.isolated_subnets)) : []

  isolated_rules = {
    for pair in setproduct(range(length(local.isolated_ranges)), [false, true]) : "${pair[1] ? "to" : "from"}-${local.isolated_ranges[pair[0]]}" => {
      number = 100 + pair[0]
      egress = pair[1]
      range  = local.isolated_ranges[pair[0]]
    }
  }
}

resource "aws_network_acl_rule" "isolated" {
  for_each = local.isolated_rules

  network_acl_id = aws_network_acl.isolated.id
  egress         = each.value.egress
  rule_number    = each.value.number
  rule_action    = "allow"
  protocol       = "tcp"
  cidr_block     = each.value.range
  from_port      = 1024
  to_port        = 65535
}
