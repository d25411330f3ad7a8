# Accounts in the monitoring's namespace.

data "aws_iam_policy_document" "monitoring_secrets" {
  statement {
    sid       = "ReadTheMonitoringsSecrets"
    actions   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
    resources = ["arn:${local.partition}:secretsmanager:${local.regional}:secret:evenkeel/${var.stage}/monitoring/*"]
  }

  statement {
    sid       = "DecryptThem"
    actions   = ["kms:Decrypt"]
    resources = [var.secrets_key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["secretsmanager.${local.region}.${data.aws_partition.this.dns_suffix}"]
    }
  }
}

data "aws_iam_policy_document" "prometheus" {
  statement {
    sid       = "WriteMetrics"
    actions   = ["aps:RemoteWrite"]
    resources = [var.prometheus_workspace_arn]
  }
}

data "aws_iam_policy_document" "alertmanager" {
  statement {
    sid       = "TellTheControlPlane"
    actions   = ["sns:Publish"]
    resources = [var.alert_topic_arn]
  }

  statement {
    sid       = "EncryptIt"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.notifications_key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["sns.${local.region}.${data.aws_partition.this.dns_suffix}"]
    }
  }
}

data "aws_iam_policy_document" "cloudwatch_exporter" {
  statement {
    sid     = "ReadMetrics"
    actions = ["cloudwatch:GetMetricData", "cloudwatch:GetMetricStatistics", "cloudwatch:ListMetrics", "tag:GetResources"]
    # Reading metrics and finding by tags know no resource.
    resources = ["*"]
  }
}

# What lies in the store's indices is given to these roles inside of it: see k8s/monitoring/README.md.
locals {
  opensearch_arn = "arn:${local.partition}:es:${local.regional}:domain/${local.name}"
}

data "aws_iam_policy_document" "jaeger" {
  statement {
    sid       = "WriteAndFindTraces"
    actions   = ["es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPost", "es:ESHttpPut"]
    resources = ["${local.opensearch_arn}/*"]
  }
}
