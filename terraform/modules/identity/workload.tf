# Accounts in the services' namespace.

data "aws_iam_policy_document" "external_secrets" {
  statement {
    sid       = "ReadTheServicesSecrets"
    actions   = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
    resources = values(var.secret_arns)
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

data "aws_iam_policy_document" "certificate_dns01" {
  # Only the text records by which the domain is proven: not a name that users ask for, and no other kind of record.
  statement {
    sid       = "ProveTheDomain"
    actions   = ["route53:ChangeResourceRecordSets"]
    resources = ["arn:${local.partition}:route53:::hostedzone/${var.hosted_zone_id}"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "route53:ChangeResourceRecordSetsRecordTypes"
      values   = ["TXT"]
    }

    condition {
      test     = "ForAllValues:StringLike"
      variable = "route53:ChangeResourceRecordSetsNormalizedRecordNames"
      values   = ["_acme-challenge.${var.domain}", "_acme-challenge.*.${var.domain}"]
    }
  }

  statement {
    sid       = "ReadTheZone"
    actions   = ["route53:ListResourceRecordSets"]
    resources = ["arn:${local.partition}:route53:::hostedzone/${var.hosted_zone_id}"]
  }

  statement {
    sid       = "WaitForTheChange"
    actions   = ["route53:GetChange"]
    resources = ["arn:${local.partition}:route53:::change/*"]
  }
}

# Writes only: a job that was taken over could not read, overwrite unseen or delete what was backed up before.
data "aws_iam_policy_document" "backup" {
  for_each = toset(["database", "configuration"])

  statement {
    sid       = "WriteBackups"
    actions   = ["s3:AbortMultipartUpload", "s3:PutObject"]
    resources = ["${var.backup_bucket_arn}/${each.key}/*"]
  }

  statement {
    sid = "EncryptThem"
    # The parts of a large upload are put together by decrypting them.
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.backup_key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.${local.region}.${data.aws_partition.this.dns_suffix}"]
    }
  }
}

# What a watch judges releases by. A metric has no ARN; its namespace is the condition.
data "aws_iam_policy_document" "traffic_publisher" {
  statement {
    sid       = "CountRequests"
    actions   = ["cloudwatch:PutMetricData"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "cloudwatch:namespace"
      values   = ["Evenkeel/Traffic"]
    }
  }
}
