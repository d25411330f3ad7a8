# An account has this role once, and a domain inside a network cannot be made without it.
resource "aws_iam_service_linked_role" "opensearch" {
  count = var.opensearch.create_service_role ? 1 : 0

  aws_service_name = "opensearchservice.amazonaws.com"
  description      = "OpenSearch puts its nodes into the network"
}

resource "aws_opensearch_domain" "this" {
  domain_name     = local.name
  engine_version  = "OpenSearch_2.19"
  access_policies = data.aws_iam_policy_document.opensearch.json

  cluster_config {
    instance_type            = var.opensearch.instance_type
    instance_count           = var.opensearch.instance_count
    zone_awareness_enabled   = local.opensearch_zones > 1
    dedicated_master_enabled = var.opensearch.instance_count >= 3
    dedicated_master_count   = var.opensearch.instance_count >= 3 ? 3 : null
    dedicated_master_type    = var.opensearch.instance_count >= 3 ? "m7g.large.search" : null

    dynamic "zone_awareness_config" {
      for_each = local.opensearch_zones > 1 ? [local.opensearch_zones] : []

      content {
        availability_zone_count = zone_awareness_config.value
      }
    }
  }

  ebs_options {
    ebs_enabled = true
    volume_type = "gp3"
    volume_size = var.opensearch.volume_gib
  }

  vpc_options {
    subnet_ids         = slice(var.data_subnet_ids, 0, local.opensearch_zones)
    security_group_ids = [aws_security_group.opensearch.id]
  }

  encrypt_at_rest {
    enabled    = true
    kms_key_id = var.data_key_arn
  }

  node_to_node_encryption {
    enabled = true
  }

  domain_endpoint_options {
    enforce_https       = true
    tls_security_policy = "Policy-Min-TLS-1-2-PFS-2023-10"
  }

  # Rights by index and field, given to roles; there is no login with a password.
  advanced_security_options {
    enabled                        = true
    anonymous_auth_enabled         = false
    internal_user_database_enabled = false

    master_user_options {
      master_user_arn = var.opensearch.administrator_role_arn
    }
  }

  dynamic "log_publishing_options" {
    for_each = {
      ES_APPLICATION_LOGS = "opensearch-application"
      AUDIT_LOGS          = "opensearch-audit"
      INDEX_SLOW_LOGS     = "opensearch-slow-index"
      SEARCH_SLOW_LOGS    = "opensearch-slow-search"
    }

    content {
      log_type                 = log_publishing_options.key
      cloudwatch_log_group_arn = aws_cloudwatch_log_group.this[log_publishing_options.value].arn
    }
  }

  software_update_options {
    auto_software_update_enabled = true
  }

  tags = { Name = local.name }

  depends_on = [aws_iam_service_linked_role.opensearch, aws_cloudwatch_log_resource_policy.opensearch]
}

locals {
  # As many zones as there are nodes, three at most; with two of the three, each holds a whole copy.
  opensearch_zones = min(var.opensearch.instance_count, length(var.data_subnet_ids), 3)

  opensearch_arn = "arn:${local.partition}:es:${local.region}:${local.account}:domain/${local.name}"
}

# Who may ask at all; what they may see is decided inside, by the administrator.
data "aws_iam_policy_document" "opensearch" {
  statement {
    sid       = "NamedRoles"
    actions   = ["es:ESHttpDelete", "es:ESHttpGet", "es:ESHttpHead", "es:ESHttpPatch", "es:ESHttpPost", "es:ESHttpPut"]
    resources = ["${local.opensearch_arn}/*"]

    principals {
      type        = "AWS"
      identifiers = concat([var.opensearch.administrator_role_arn], var.opensearch.writer_role_arns, aws_iam_role.grafana[*].arn)
    }
  }
}

resource "aws_security_group" "opensearch" {
  name        = "${local.name}-opensearch"
  description = "HTTPS for the named groups, and no way out"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.name}-opensearch" }
}

resource "aws_vpc_security_group_ingress_rule" "opensearch" {
  for_each = merge(var.client_security_group_ids, { for group in aws_security_group.grafana : "grafana" => group.id })

  security_group_id            = aws_security_group.opensearch.id
  description                  = "HTTPS from ${each.key}"
  referenced_security_group_id = each.value
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

resource "aws_cloudwatch_log_resource_policy" "opensearch" {
  policy_name     = "${local.name}-opensearch"
  policy_document = data.aws_iam_policy_document.opensearch_logs.json
}

data "aws_iam_policy_document" "opensearch_logs" {
  statement {
    sid       = "WriteLogs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:PutLogEventsBatch"]
    resources = ["arn:${local.partition}:logs:${local.region}:${local.account}:log-group:/aws/opensearch/${local.name}/*"]

    principals {
      type        = "Service"
      identifiers = ["es.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}
