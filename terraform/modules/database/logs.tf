locals {
  # By plain names, which are known before the instances are, so that no log is ever in a group without key and end.
  instance_names = concat([local.name], [for index in range(var.read_replica_count) : "${local.name}-replica-${index + 1}"])

  log_groups = toset([for pair in setproduct(local.instance_names, local.log_kinds) : "/aws/rds/instance/${pair[0]}/${pair[1]}"])
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = local.log_groups

  name              = each.key
  retention_in_days = var.log_retention_days
  kms_key_id        = var.logs_key_arn
}

resource "aws_iam_role" "monitoring" {
  name               = "${local.name}-database-monitoring"
  description        = "RDS enhanced monitoring writes its measurements to CloudWatch"
  assume_role_policy = data.aws_iam_policy_document.monitoring_trust.json
}

data "aws_iam_policy_document" "monitoring_trust" {
  statement {
    sid     = "DatabasesOfThisStage"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["monitoring.rds.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.this.account_id]
    }

    condition {
      test     = "StringLike"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.this.partition}:rds:${data.aws_region.this.name}:${data.aws_caller_identity.this.account_id}:db:${local.name}*"]
    }
  }
}

resource "aws_iam_role_policy_attachment" "monitoring" {
  role       = aws_iam_role.monitoring.name
  policy_arn = "arn:${data.aws_partition.this.partition}:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole"
}
