# The way by which the second region's control plane asks the database and the load balancer whether they answer. Neither has a
# public address. Security groups and ACLs let nothing else through.
resource "aws_vpc_peering_connection" "this" {
  count = var.second_network == null ? 0 : 1

  vpc_id      = var.network.vpc_id
  peer_vpc_id = var.second_network.vpc_id
  peer_region = data.aws_region.second.name

  tags = { Name = "${local.name}-second-region" }
}

resource "aws_vpc_peering_connection_accepter" "this" {
  provider = aws.second_region
  count    = length(aws_vpc_peering_connection.this)

  vpc_peering_connection_id = aws_vpc_peering_connection.this[0].id
  auto_accept               = true

  tags = { Name = "${local.name}-second-region" }
}

resource "aws_route" "to_second" {
  for_each = var.second_network == null ? {} : var.network.route_table_ids

  route_table_id            = each.value
  destination_cidr_block    = var.second_network.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.this[0].vpc_peering_connection_id
}

resource "aws_route" "from_second" {
  provider = aws.second_region
  for_each = toset(var.second_network == null ? [] : var.second_network.route_table_ids)

  route_table_id            = each.value
  destination_cidr_block    = var.network.cidr_block
  vpc_peering_connection_id = aws_vpc_peering_connection_accepter.this[0].vpc_peering_connection_id
}
