data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

locals {
  name      = "evenkeel-${var.stage}"
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
}

module "store" {
  source = "./store"

  stage                  = var.stage
  purpose                = "backups"
  backup_key_arn         = var.backup_key_arn
  lock_mode              = var.lock_mode
  longest_retention_days = var.retention_days.monthly
  dump_retention_days    = var.dump_retention_days
  deletion_protection    = var.deletion_protection
}
