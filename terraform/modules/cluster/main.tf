data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

locals {
  name      = "evenkeel-${var.stage}"
  partition = data.aws_partition.this.partition
}

resource "aws_eks_cluster" "this" {
  name     = local.name
  version  = var.kubernetes_version
  role_arn = aws_iam_role.cluster.arn

  enabled_cluster_log_types = ["api", "audit", "authenticator", "controllerManager", "scheduler"]
  # The add-ons below are made with settings of ours.
  bootstrap_self_managed_addons = false

  access_config {
    # Access entries only: a ConfigMap in the cluster is read by nobody, so nobody can lock everyone out by it.
    authentication_mode                         = "API"
    bootstrap_cluster_creator_admin_permissions = false
  }

  encryption_config {
    resources = ["secrets"]

    provider {
      key_arn = var.secrets_key_arn
    }
  }

  upgrade_policy {
    # Standard support ends after 14 months and upgrades by itself; extended support costs six times as much.
    support_type = "STANDARD"
  }

  vpc_config {
    subnet_ids              = var.private_subnet_ids
    endpoint_private_access = true
    endpoint_public_access  = length(var.endpoint_public_access_cidrs) > 0
    public_access_cidrs     = length(var.endpoint_public_access_cidrs) > 0 ? var.endpoint_public_access_cidrs : null
  }

  zonal_shift_config {
    enabled = true
  }

  depends_on = [
    # Otherwise EKS makes the group itself, without key and for ever.
    aws_cloudwatch_log_group.cluster,
    aws_iam_role_policy.cluster_secrets,
    aws_iam_role_policy_attachment.cluster,
  ]
}

resource "aws_cloudwatch_log_group" "cluster" {
  name              = "/aws/eks/${local.name}/cluster"
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_key_arn
}

# Lets service accounts take roles (IRSA). AWS knows the authority of EKS's issuers, so no thumbprint is given.
resource "aws_iam_openid_connect_provider" "this" {
  url            = aws_eks_cluster.this.identity[0].oidc[0].issuer
  client_id_list = ["sts.amazonaws.com"]

  tags = { Name = local.name }
}
