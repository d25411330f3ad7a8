data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

locals {
  name      = "evenkeel-${var.stage}"
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
  region    = data.aws_region.this.name
  regional  = "${local.region}:${local.account}"

  # Service accounts by the name of their role. Whatever else runs in the cluster asks AWS for nothing: the services are
  # given their secrets as files.
  service_accounts = {
    aws-load-balancer-controller = { namespace = "kube-system", account = "aws-load-balancer-controller" }
    cluster-autoscaler           = { namespace = "platform", account = "cluster-autoscaler" }
    fluent-bit                   = { namespace = "logging", account = "fluent-bit" }
    external-secrets             = { namespace = var.cluster_namespace, account = "external-secrets" }
    certificate-dns01            = { namespace = var.cluster_namespace, account = "certificate-dns01" }
    database-backup              = { namespace = var.cluster_namespace, account = "database-backup" }
    configuration-backup         = { namespace = var.cluster_namespace, account = "configuration-backup" }
    traffic-publisher            = { namespace = var.cluster_namespace, account = "traffic-publisher" }
    monitoring-secrets           = { namespace = var.monitoring_namespace, account = "external-secrets" }
    prometheus                   = { namespace = var.monitoring_namespace, account = "prometheus" }
    alertmanager                 = { namespace = var.monitoring_namespace, account = "alertmanager" }
    cloudwatch-exporter          = { namespace = var.monitoring_namespace, account = "cloudwatch-exporter" }
    jaeger                       = { namespace = var.monitoring_namespace, account = "jaeger" }
  }

  policies = {
    aws-load-balancer-controller = data.aws_iam_policy_document.load_balancer_controller
    cluster-autoscaler           = data.aws_iam_policy_document.cluster_autoscaler
    fluent-bit                   = data.aws_iam_policy_document.fluent_bit
    external-secrets             = data.aws_iam_policy_document.external_secrets
    certificate-dns01            = data.aws_iam_policy_document.certificate_dns01
    database-backup              = data.aws_iam_policy_document.backup["database"]
    configuration-backup         = data.aws_iam_policy_document.backup["configuration"]
    traffic-publisher            = data.aws_iam_policy_document.traffic_publisher
    monitoring-secrets           = data.aws_iam_policy_document.monitoring_secrets
    prometheus                   = data.aws_iam_policy_document.prometheus
    alertmanager                 = data.aws_iam_policy_document.alertmanager
    cloudwatch-exporter          = data.aws_iam_policy_document.cloudwatch_exporter
    jaeger                       = data.aws_iam_policy_document.jaeger
  }
}

resource "aws_iam_role" "service_account" {
  for_each = local.service_accounts

  name               = "${local.name}-${each.key}"
  description        = "The service account ${each.value.account} in ${each.value.namespace}"
  assume_role_policy = data.aws_iam_policy_document.service_account_trust[each.key].json
}

data "aws_iam_policy_document" "service_account_trust" {
  for_each = local.service_accounts

  statement {
    sid     = "ThisServiceAccount"
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [var.oidc_provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${var.oidc_issuer}:sub"
      values   = ["system:serviceaccount:${each.value.namespace}:${each.value.account}"]
    }

    condition {
      test     = "StringEquals"
      variable = "${var.oidc_issuer}:aud"
      values   = ["sts.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "service_account" {
  for_each = local.service_accounts

  name   = "permissions"
  role   = aws_iam_role.service_account[each.key].id
  policy = local.policies[each.key].json
}
