resource "aws_grafana_workspace" "this" {
  count = var.grafana == null ? 0 : 1

  name                      = local.name
  description               = "What Evenkeel ${var.stage} measures"
  account_access_type       = "CURRENT_ACCOUNT"
  authentication_providers  = ["AWS_SSO"]
  permission_type           = "CUSTOMER_MANAGED"
  role_arn                  = aws_iam_role.grafana[0].arn
  data_sources              = ["PROMETHEUS", "CLOUDWATCH", "XRAY", "AMAZON_OPENSEARCH_SERVICE"]
  notification_destinations = ["SNS"]

  # OpenSearch is in the network only.
  vpc_configuration {
    subnet_ids         = var.private_subnet_ids
    security_group_ids = aws_security_group.grafana[*].id
  }
}

resource "aws_grafana_role_association" "this" {
  for_each = var.grafana == null ? {} : { for role, ids in { ADMIN = var.grafana.admin_group_ids, VIEWER = var.grafana.viewer_group_ids } : role => ids if length(ids) > 0 }

  workspace_id = aws_grafana_workspace.this[0].id
  role         = each.key
  group_ids    = each.value
}

resource "aws_security_group" "grafana" {
  count = var.grafana == null ? 0 : 1

  name        = "${local.name}-grafana"
  description = "Nothing in; HTTPS out, to what Grafana shows"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.name}-grafana" }
}

resource "aws_vpc_security_group_egress_rule" "grafana" {
  count = var.grafana == null ? 0 : 1

  security_group_id = aws_security_group.grafana[0].id
  description       = "HTTPS to OpenSearch and to AWS services"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_iam_role" "grafana" {
  count = var.grafana == null ? 0 : 1

  name               = "${local.name}-grafana"
  description        = "Managed Grafana reads metrics, logs and traces, and tells the alarm topic"
  assume_role_policy = data.aws_iam_policy_document.grafana_trust.json
}

data "aws_iam_policy_document" "grafana_trust" {
  statement {
    sid     = "WorkspacesOfThisAccount"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["grafana.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_iam_role_policy" "grafana" {
  count = var.grafana == null ? 0 : 1

  name   = "permissions"
  role   = aws_iam_role.grafana[0].id
  policy = data.aws_iam_policy_document.grafana.json
}

data "aws_iam_policy_document" "grafana" {
  statement {
    sid       = "ReadPrometheus"
    actions   = ["aps:DescribeWorkspace", "aps:GetLabels", "aps:GetMetricMetadata", "aps:GetSeries", "aps:QueryMetrics"]
    resources = [aws_prometheus_workspace.this.arn]
  }

  statement {
    sid       = "ReadLogs"
    actions   = ["es:ESHttpGet", "es:ESHttpPost"]
    resources = ["${local.opensearch_arn}/*"]
  }

  statement {
    sid = "ReadMetricsAndTraces"
    actions = [
      "cloudwatch:DescribeAlarms",
      "cloudwatch:GetMetricData",
      "cloudwatch:ListMetrics",
      "ec2:DescribeRegions",
      "es:ListDomainNames",
      "aps:ListWorkspaces",
      "tag:GetResources",
      "xray:BatchGetTraces",
      "xray:GetGroups",
      "xray:GetServiceGraph",
      "xray:GetTimeSeriesServiceStatistics",
      "xray:GetTraceSummaries",
    ]
    # None of these knows a resource.
    resources = ["*"]
  }

  statement {
    sid       = "TellPeople"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]
  }

  statement {
    sid       = "EncryptWhatIsTold"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.notifications_key_arn]
  }
}
