# What a restore test may do: make databases that carry the drill's tag, in the isolated subnets, and remove these.
resource "aws_iam_role" "drill" {
  name               = "${local.name}-restore-drill"
  description        = "Restores backups under the drill's tag, and removes what carries it"
  assume_role_policy = data.aws_iam_policy_document.drill_trust.json
}

# The functions of the machine restore-test, which the stack makes; it names their roles after them.
data "aws_iam_policy_document" "drill_trust" {
  statement {
    sid     = "FunctionsOfTheRestoreTest"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${local.account}:root"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:PrincipalArn"
      values   = ["arn:${local.partition}:iam::${local.account}:role/evenkeel/${var.stage}/${local.name}-RestoreTest*"]
    }
  }
}

resource "aws_iam_role_policy" "drill" {
  name   = "permissions"
  role   = aws_iam_role.drill.id
  policy = data.aws_iam_policy_document.drill.json
}

locals {
  rds       = "arn:${local.partition}:rds:${local.region}:${local.account}"
  drill_dbs = "${local.rds}:db:${local.name}-drill-*"
  database  = element(split(":", var.database_arn), -1)
}

data "aws_iam_policy_document" "drill" {
  statement {
    sid     = "RestoreUnderTheTag"
    actions = ["rds:RestoreDBInstanceFromDBSnapshot", "rds:RestoreDBInstanceToPointInTime"]
    # What is made, from what, and where: a request that names anything else is refused.
    resources = [
      local.drill_dbs,
      var.database_arn,
      "${local.rds}:auto-backup:*",
      "${local.rds}:snapshot:rds:${local.database}-*",
      "${local.rds}:snapshot:awsbackup:*",
      "${local.rds}:snapshot:${local.name}-*",
      aws_db_subnet_group.restore_test.arn,
      "${local.rds}:pg:${local.name}-*",
      "${local.rds}:og:default:*",
    ]

    condition {
      test     = "StringLike"
      variable = "aws:RequestTag/${local.drill_tag_key}"
      values   = ["?*"]
    }
  }

  statement {
    sid       = "TagWhatIsRestored"
    actions   = ["rds:AddTagsToResource"]
    resources = [local.drill_dbs]

    condition {
      test     = "StringLike"
      variable = "aws:RequestTag/${local.drill_tag_key}"
      values   = ["?*"]
    }
  }

  statement {
    sid       = "RemoveWhatCarriesTheTag"
    actions   = ["rds:DeleteDBInstance"]
    resources = [local.drill_dbs]

    condition {
      test     = "StringLike"
      variable = "aws:ResourceTag/${local.drill_tag_key}"
      values   = ["?*"]
    }
  }

  # Holds whatever else this role may be given one day.
  statement {
    sid       = "NothingWithoutTheTag"
    effect    = "Deny"
    actions   = ["rds:DeleteDBInstance", "rds:ModifyDBInstance", "rds:RebootDBInstance", "rds:StopDBInstance"]
    resources = ["*"]

    condition {
      test     = "Null"
      variable = "aws:ResourceTag/${local.drill_tag_key}"
      values   = ["true"]
    }
  }

  statement {
    sid = "Look"
    actions = [
      "rds:DescribeDBInstanceAutomatedBackups",
      "rds:DescribeDBInstances",
      "rds:DescribeDBSnapshots",
      "rds:ListTagsForResource",
    ]
    # Absence can only be observed by asking for all.
    resources = ["*"]
  }

  statement {
    sid = "UseKeysThroughRds"
    actions = [
      "kms:CreateGrant",
      "kms:Decrypt",
      "kms:DescribeKey",
      "kms:GenerateDataKeyWithoutPlaintext",
      "kms:ReEncryptFrom",
      "kms:ReEncryptTo",
    ]
    resources = [var.backup_key_arn, var.data_key_arn]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["rds.${local.region}.${data.aws_partition.this.dns_suffix}"]
    }
  }
}
