locals {
  layers = {
    daily   = { schedule = "cron(0 1 * * ? *)", keep_days = var.retention_days.daily }
    weekly  = { schedule = "cron(0 2 ? * SUN *)", keep_days = var.retention_days.weekly }
    monthly = { schedule = "cron(0 3 1 * ? *)", keep_days = var.retention_days.monthly }
  }
}

resource "aws_backup_plan" "this" {
  name = local.name

  dynamic "rule" {
    for_each = local.layers

    content {
      rule_name                    = rule.key
      target_vault_name            = module.store.vault_name
      schedule                     = rule.value.schedule
      schedule_expression_timezone = "Etc/UTC"
      start_window                 = 60
      completion_window            = 360

      lifecycle {
        delete_after = rule.value.keep_days
      }

      dynamic "copy_action" {
        for_each = var.copy_to[*]

        content {
          destination_vault_arn = copy_action.value.vault_arn

          lifecycle {
            delete_after = rule.value.keep_days
          }
        }
      }
    }
  }
}

resource "aws_backup_selection" "this" {
  name         = local.name
  plan_id      = aws_backup_plan.this.id
  iam_role_arn = aws_iam_role.backup.arn
  resources    = [var.database_arn]

  depends_on = [aws_iam_role_policy_attachment.backup]
}

resource "aws_iam_role" "backup" {
  name               = "${local.name}-backup"
  description        = "AWS Backup makes recovery points and copies them"
  assume_role_policy = data.aws_iam_policy_document.backup_trust.json
}

data "aws_iam_policy_document" "backup_trust" {
  statement {
    sid     = "BackupOfThisAccount"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["backup.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

resource "aws_iam_role_policy_attachment" "backup" {
  role       = aws_iam_role.backup.name
  policy_arn = "arn:${local.partition}:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
}

# Dumps and configuration backups go to the second region as well.
resource "aws_s3_bucket_replication_configuration" "this" {
  count = var.copy_to == null ? 0 : 1

  bucket = module.store.bucket_name
  role   = aws_iam_role.replication[0].arn

  rule {
    id     = "second-region"
    status = "Enabled"

    filter {}

    delete_marker_replication {
      status = "Disabled"
    }

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket        = var.copy_to.bucket_arn
      storage_class = "STANDARD_IA"

      encryption_configuration {
        replica_kms_key_id = var.copy_to.backup_key_arn
      }
    }
  }
}

resource "aws_iam_role" "replication" {
  count = var.copy_to == null ? 0 : 1

  name               = "${local.name}-backup-replication"
  description        = "S3 copies dumps to the second region"
  assume_role_policy = data.aws_iam_policy_document.replication_trust.json
}

data "aws_iam_policy_document" "replication_trust" {
  statement {
    sid     = "BucketOfThisStage"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["s3.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [module.store.bucket_arn]
    }
  }
}

resource "aws_iam_role_policy" "replication" {
  count = var.copy_to == null ? 0 : 1

  name   = "permissions"
  role   = aws_iam_role.replication[0].id
  policy = data.aws_iam_policy_document.replication[0].json
}

data "aws_iam_policy_document" "replication" {
  count = var.copy_to == null ? 0 : 1

  statement {
    sid       = "ListSource"
    actions   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
    resources = [module.store.bucket_arn]
  }

  statement {
    sid       = "ReadSource"
    actions   = ["s3:GetObjectLegalHold", "s3:GetObjectRetention", "s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging"]
    resources = ["${module.store.bucket_arn}/*"]
  }

  statement {
    sid       = "WriteCopies"
    actions   = ["s3:ReplicateObject", "s3:ReplicateTags"]
    resources = ["${var.copy_to.bucket_arn}/*"]
  }

  statement {
    sid       = "ReadWithSourceKey"
    actions   = ["kms:Decrypt"]
    resources = [var.backup_key_arn]
  }

  statement {
    sid       = "WriteWithCopyKey"
    actions   = ["kms:Encrypt", "kms:GenerateDataKey"]
    resources = [var.copy_to.backup_key_arn]
  }
}
