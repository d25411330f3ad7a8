output "parameter_name" {
  description = "The parameter in the second region that says what it must know of this one."
  value       = aws_ssm_parameter.known.name
}

output "peering_connection_id" {
  description = "The way between the two networks; null as long as there is no second one."
  value       = one(aws_vpc_peering_connection.this[*].id)
}
