# Where restored databases are. A restored database holds everything that the real one does, so four things each keep it
# apart alone: no route leaves the network, the ACL lets nothing past, the group lets nobody in, and whoever restores can
# name no other subnet group.

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
  description = "Restored databases: nobody in but the reader, nothing out"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.name}-restore-test" }
}

# The functions that read restored databases are outside, because they also ask AWS. They come in by their own group, with
# PostgreSQL, and nothing goes out but their answers.
resource "aws_vpc_security_group_ingress_rule" "restore_test" {
  count = var.reader == null ? 0 : 1

  security_group_id            = aws_security_group.restore_test.id
  description                  = "PostgreSQL from the reader"
  referenced_security_group_id = var.reader.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = local.port
  to_port                      = local.port
}

locals {
  port = 5432

  # Questions come to the one port; answers go to high ports.
  reader_ranges = var.reader == null ? [] : sort(var.reader.cidr_blocks)

  isolated_rules = {
    for pair in setproduct(range(length(local.reader_ranges)), [false, true]) : "${pair[1] ? "to" : "from"}-${local.reader_ranges[pair[0]]}" => {
      number = 100 + pair[0]
      egress = pair[1]
      range  = local.reader_ranges[pair[0]]
      ports  = pair[1] ? { from = 1024, to = 65535 } : { from = local.port, to = local.port }
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
  from_port      = each.value.ports.from
  to_port        = each.value.ports.to
}
