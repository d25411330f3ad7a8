mock_provider "aws" {
  source = "../../../mocks"
}

variables {
  database_arn = "arn:aws:rds:eu-west-1:111122223333:db:evenkeel-production"
  data_key_arn = "arn:aws:kms:eu-central-1:111122223333:key/data"
}

run "rule_copies_are_encrypted_and_kept_for_a_week_or_more" {
  assert {
    condition     = aws_db_instance_automated_backups_replication.this.kms_key_id == var.data_key_arn
    error_message = "Copied backups must be encrypted with the second region's key."
  }

  assert {
    condition     = aws_db_instance_automated_backups_replication.this.retention_period >= 7
    error_message = "Copied backups must be kept for 7 days or more."
  }
}
