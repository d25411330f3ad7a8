data "aws_caller_identity" "this" {}

data "aws_partition" "this" {}

data "aws_region" "this" {}

locals {
  name      = "evenkeel-${var.stage}"
  account   = data.aws_caller_identity.this.account_id
  partition = data.aws_partition.this.partition
  region    = data.aws_region.this.name

  image_registry          = "${local.account}.dkr.ecr.${local.region}.${data.aws_partition.this.dns_suffix}"
  image_repository_prefix = "evenkeel/"
}
