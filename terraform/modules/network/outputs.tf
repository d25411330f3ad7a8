output "vpc_id" {
  description = "The network."
  value       = aws_vpc.this.id
}

output "vpc_cidr_block" {
  description = "IPv4 range of the network."
  value       = aws_vpc.this.cidr_block
}

output "availability_zones" {
  description = "The three zones, in the order of all lists of subnets."
  value       = local.zones
}

output "public_subnet_ids" {
  description = "Subnets for load balancers, one per zone."
  value       = [for zone in local.zones : aws_subnet.public[zone].id]
}

output "public_cidr_blocks" {
  description = "Ranges of the public subnets, one per zone."
  value       = [for subnet in aws_subnet.public : subnet.cidr_block]
}

output "private_subnet_ids" {
  description = "Subnets for nodes, pods and functions, one per zone."
  value       = [for zone in local.zones : aws_subnet.private[zone].id]
}

output "private_cidr_blocks" {
  description = "Ranges of those subnets, one per zone."
  value       = local.subnets.private
}

output "data_subnet_ids" {
  description = "Subnets for databases and caches, one per zone."
  value       = [for zone in local.zones : aws_subnet.data[zone].id]
}

output "internal_subnet_ids" {
  description = "Subnets for load balancers without a public address, one per zone."
  value       = [for zone in local.zones : aws_subnet.internal[zone].id]
}

output "internal_cidr_blocks" {
  description = "Ranges of those subnets, one per zone."
  value       = local.subnets.internal
}

output "isolated_cidr_blocks" {
  description = "Ranges inside the network, one per zone, that are kept free for the subnets of restore tests."
  value       = local.subnets.isolated
}

output "private_route_table_ids" {
  description = "Route tables of the private subnets, one per zone."
  value       = [for zone in local.zones : aws_route_table.private[zone].id]
}

output "answering_route_table_ids" {
  description = "Route tables of what a second region asks whether this one lives: the load balancer and the database."
  value       = { internal = aws_route_table.internal.id, data = aws_route_table.data.id }
}

output "nat_public_ips" {
  description = "Addresses from which the network speaks to the internet."
  value       = [for zone in local.nat_zones : aws_eip.nat[zone].public_ip]
}

output "endpoints_security_group_id" {
  description = "Security group of the interface endpoints."
  value       = aws_security_group.endpoints.id
}
