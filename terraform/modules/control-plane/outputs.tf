output "parameter_names" {
  description = "Parameters that serverless.yml reads when it is deployed."
  value       = sort([for parameter in aws_ssm_parameter.this : parameter.name])
}

output "alert_topic_arn" {
  description = "Topic for alerts that the control plane is to answer."
  value       = aws_sns_topic.alerts.arn
}

output "evidence_bucket_name" {
  description = "Bucket of evidence."
  value       = aws_s3_bucket.evidence.id
}

output "evidence_bucket_arn" {
  description = "Bucket of evidence."
  value       = aws_s3_bucket.evidence.arn
}

output "signing_key_arn" {
  description = "Key that signs evidence; its public half checks it."
  value       = aws_kms_key.signing.arn
}

output "permissions_boundary_arns" {
  description = "The most that roles of the control plane may do, by whom it is for: actors, functions, machines."
  value       = { for whose, policy in aws_iam_policy.boundary : whose => policy.arn }
}

output "functions_security_group_id" {
  description = "Security group of functions in the network."
  value       = aws_security_group.functions.id
}

output "readers_security_group_id" {
  description = "Security group of functions that read databases."
  value       = aws_security_group.readers.id
}

output "image_repository_arns" {
  description = "Image repositories by service."
  value       = { for service, repository in local.image_repositories : service => repository.arn }
}

output "image_repository_urls" {
  description = "Where images are pushed to and pulled from, by service."
  value       = { for service, repository in local.image_repositories : service => repository.url }
}

output "cluster_access_group" {
  description = "Kubernetes group of the functions that use the cluster."
  value       = var.cluster_access_group
}
