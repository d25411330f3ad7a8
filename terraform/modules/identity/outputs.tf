output "service_account_role_arns" {
  description = "Roles of service accounts, by the last part of their name; the manifests' annotations."
  value       = { for name, role in aws_iam_role.service_account : name => role.arn }
}

output "github_release_role_arn" {
  description = "Role with which GitHub pushes images and asks for releases."
  value       = aws_iam_role.github["release"].arn
}

output "github_deploy_role_arn" {
  description = "Role with which GitHub deploys the control plane."
  value       = aws_iam_role.github["deploy"].arn
}

output "cluster_access_group" {
  description = "Kubernetes group of the control plane's functions; k8s/base/access binds it in the services' namespace."
  value       = var.cluster_access_group
}
