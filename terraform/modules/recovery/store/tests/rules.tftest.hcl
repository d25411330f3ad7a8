mock_provider "aws" {
  source = "../../../mocks"
}

variables {
  stage          = "production"
  purpose        = "backups"
  backup_key_arn = "arn:aws:kms:eu-west-1:111122223333:key/backup"
}

run "rule_backups_are_encrypted_with_our_key" {
  assert {
    condition     = aws_backup_vault.this.kms_key_arn == var.backup_key_arn
    error_message = "The vault must be encrypted with the backup key."
  }

  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_server_side_encryption_configuration.this.rule :
      rule.apply_server_side_encryption_by_default[0].sse_algorithm == "aws:kms" && rule.apply_server_side_encryption_by_default[0].kms_master_key_id == var.backup_key_arn
    ]) && length(aws_s3_bucket_server_side_encryption_configuration.this.rule) == 1
    error_message = "The bucket must be encrypted with the backup key."
  }
}

run "rule_backups_cannot_be_deleted_before_their_time" {
  assert {
    condition     = aws_backup_vault_lock_configuration.this.backup_vault_name == aws_backup_vault.this.name && aws_backup_vault_lock_configuration.this.changeable_for_days == 3
    error_message = "The vault must be locked, by default for good."
  }

  assert {
    condition     = aws_backup_vault_lock_configuration.this.min_retention_days >= 7
    error_message = "The vault must refuse recovery points that end within a week."
  }

  assert {
    condition = (
      aws_s3_bucket.this.object_lock_enabled &&
      aws_s3_bucket_versioning.this.versioning_configuration[0].status == "Enabled" &&
      aws_s3_bucket_object_lock_configuration.this.rule[0].default_retention[0].mode == "COMPLIANCE" &&
      aws_s3_bucket_object_lock_configuration.this.rule[0].default_retention[0].days == 30
    )
    error_message = "Objects must be locked for as long as they are kept, by default against everybody."
  }

  assert {
    condition     = aws_s3_bucket.this.force_destroy == false && aws_backup_vault.this.force_destroy == false
    error_message = "Neither vault nor bucket may go while they hold backups."
  }
}

run "rule_a_lock_for_trials_can_be_taken_off" {
  variables {
    lock_mode = "governance"
  }

  assert {
    condition     = aws_backup_vault_lock_configuration.this.changeable_for_days == null && aws_s3_bucket_object_lock_configuration.this.rule[0].default_retention[0].mode == "GOVERNANCE"
    error_message = "In governance mode, neither lock may become final."
  }
}

run "rule_nothing_is_public" {
  assert {
    condition = (
      aws_s3_bucket_public_access_block.this.block_public_acls &&
      aws_s3_bucket_public_access_block.this.block_public_policy &&
      aws_s3_bucket_public_access_block.this.ignore_public_acls &&
      aws_s3_bucket_public_access_block.this.restrict_public_buckets
    )
    error_message = "The bucket must block public access in all four ways."
  }

  assert {
    condition     = aws_s3_bucket_ownership_controls.this.rule[0].object_ownership == "BucketOwnerEnforced"
    error_message = "Whoever uploads must not own what lies in the bucket."
  }
}

run "rule_only_encrypted_connections_and_our_encryption" {
  assert {
    condition     = toset([for statement in data.aws_iam_policy_document.bucket.statement : statement.sid]) == toset(["EncryptedOnTheWay", "NoLesserEncryption"]) && alltrue([for statement in data.aws_iam_policy_document.bucket.statement : statement.effect == "Deny"])
    error_message = "The bucket's policy must refuse plain HTTP and lesser encryption, and allow nobody anything."
  }

  assert {
    condition = alltrue(flatten([
      for statement in data.aws_iam_policy_document.bucket.statement : [for action in statement.actions : !strcontains(action, "*")]
    ]))
    error_message = "No statement may name an action with a wildcard."
  }
}

run "rule_dumps_end" {
  assert {
    condition = alltrue([
      for rule in aws_s3_bucket_lifecycle_configuration.this.rule :
      rule.status == "Enabled" && rule.expiration[0].days == 365 && rule.noncurrent_version_expiration[0].noncurrent_days == 1 && rule.abort_incomplete_multipart_upload[0].days_after_initiation == 1
    ]) && length(aws_s3_bucket_lifecycle_configuration.this.rule) == 1
    error_message = "Dumps must end after 30 days, with all that is left of them."
  }
}

run "rule_names_tell_stage_purpose_and_account" {
  assert {
    condition     = aws_s3_bucket.this.bucket == "evenkeel-production-backups-111122223333" && aws_backup_vault.this.name == "evenkeel-production-backups"
    error_message = "The bucket must be named evenkeel-<stage>-<purpose>-<account>, as the backup jobs expect."
  }
}
