locals {
  # Nodes are not ready without a network, and its add-on needs the agent for its role.
  addons_before_nodes = {
    eks-pod-identity-agent = {}
    kube-proxy             = {}
    vpc-cni = {
      # Without this, network policies are accepted and not enforced.
      settings = { enableNetworkPolicy = "true", env = { ENABLE_PREFIX_DELEGATION = "true" } }
      role     = "vpc_cni"
      account  = "aws-node"
    }
  }
  addons_on_nodes = {
    aws-ebs-csi-driver = { role = "ebs_csi", account = "ebs-csi-controller-sa" }
    coredns            = { settings = { autoScaling = { enabled = true, minReplicas = 3, maxReplicas = 9 } } }
    # What the horizontal autoscalers read.
    metrics-server = {}
  }

  addon_roles = {
    vpc_cni = "AmazonEKS_CNI_Policy"
    ebs_csi = "service-role/AmazonEBSCSIDriverPolicy"
  }
}

data "aws_eks_addon_version" "recommended" {
  for_each = setsubtract(keys(merge(local.addons_before_nodes, local.addons_on_nodes)), keys(var.addon_versions))

  addon_name         = each.key
  kubernetes_version = var.kubernetes_version
}

resource "aws_eks_addon" "before_nodes" {
  for_each = local.addons_before_nodes

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = try(var.addon_versions[each.key], data.aws_eks_addon_version.recommended[each.key].version)
  configuration_values        = try(jsonencode(each.value.settings), null)
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  dynamic "pod_identity_association" {
    for_each = can(each.value.role) ? [each.value] : []

    content {
      role_arn        = aws_iam_role.addon[pod_identity_association.value.role].arn
      service_account = pod_identity_association.value.account
    }
  }

  depends_on = [aws_iam_role_policy_attachment.addon]
}

resource "aws_eks_addon" "on_nodes" {
  for_each = local.addons_on_nodes

  cluster_name                = aws_eks_cluster.this.name
  addon_name                  = each.key
  addon_version               = try(var.addon_versions[each.key], data.aws_eks_addon_version.recommended[each.key].version)
  configuration_values        = try(jsonencode(each.value.settings), null)
  resolve_conflicts_on_create = "OVERWRITE"
  resolve_conflicts_on_update = "OVERWRITE"

  dynamic "pod_identity_association" {
    for_each = can(each.value.role) ? [each.value] : []

    content {
      role_arn        = aws_iam_role.addon[pod_identity_association.value.role].arn
      service_account = pod_identity_association.value.account
    }
  }

  depends_on = [
    aws_eks_node_group.this,
    aws_iam_role_policy_attachment.addon,
  ]
}

# Add-ons take their roles from the pod identity agent, which works before any manifest is applied.
resource "aws_iam_role" "addon" {
  for_each = local.addon_roles

  name               = "${local.name}-${replace(each.key, "_", "-")}"
  description        = "The add-on ${replace(each.key, "_", "-")}"
  assume_role_policy = data.aws_iam_policy_document.addon_trust.json
}

data "aws_iam_policy_document" "addon_trust" {
  statement {
    sid     = "PodIdentitiesOfThisCluster"
    actions = ["sts:AssumeRole", "sts:TagSession"]

    principals {
      type        = "Service"
      identifiers = ["pods.eks.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_eks_cluster.this.arn]
    }
  }
}

resource "aws_iam_role_policy_attachment" "addon" {
  for_each = local.addon_roles

  role       = aws_iam_role.addon[each.key].name
  policy_arn = "arn:${local.partition}:iam::aws:policy/${each.value}"
}

resource "aws_iam_role_policy" "ebs_csi_volumes" {
  name   = "volumes"
  role   = aws_iam_role.addon["ebs_csi"].id
  policy = data.aws_iam_policy_document.ebs_csi_volumes.json
}

data "aws_iam_policy_document" "ebs_csi_volumes" {
  statement {
    sid       = "EncryptVolumes"
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
    resources = [var.volumes_key_arn]
  }

  statement {
    sid       = "GrantToEc2"
    actions   = ["kms:CreateGrant"]
    resources = [var.volumes_key_arn]

    condition {
      test     = "Bool"
      variable = "kms:GrantIsForAWSResource"
      values   = ["true"]
    }
  }
}
