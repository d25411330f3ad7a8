# What drills need beside the isolated network of the module recovery: schedules that remove, a secret that their passwords
# are made from, and the network side of those who read databases.

resource "aws_scheduler_schedule_group" "drills" {
  name = "${local.name}-drills"
}

# As whom a schedule calls the function that removes. Nobody else may be called, and nobody else may take the role.
resource "aws_iam_role" "removals" {
  name               = "${local.name}-removals"
  description        = "Schedules call the function that removes what a drill made"
  assume_role_policy = data.aws_iam_policy_document.removals_trust.json
}

data "aws_iam_policy_document" "removals_trust" {
  statement {
    sid     = "SchedulesOfDrills"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["scheduler.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = [aws_scheduler_schedule_group.drills.arn]
    }
  }
}

resource "aws_iam_role_policy" "removals" {
  name   = "permissions"
  role   = aws_iam_role.removals.id
  policy = data.aws_iam_policy_document.removals.json
}

data "aws_iam_policy_document" "removals" {
  statement {
    sid       = "CallTheRemover"
    actions   = ["lambda:InvokeFunction"]
    resources = ["arn:${local.partition}:lambda:${local.regional}:function:${local.name}-triggerRemovalDue"]
  }

  statement {
    sid       = "KeepWhatCouldNotBeCalled"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:${local.partition}:sqs:${local.regional}:${local.name}-event-dead-letters"]
  }
}

# Made once and kept, as the password of the database is. Another one would only lock out drills that are under way.
data "aws_secretsmanager_random_password" "drill_key" {
  password_length     = 64
  exclude_punctuation = true
}

resource "terraform_data" "drill_key" {
  input = data.aws_secretsmanager_random_password.drill_key.random_password

  lifecycle {
    ignore_changes = [input]
  }
}

resource "aws_secretsmanager_secret" "drill_key" {
  name                    = "evenkeel/${var.stage}/drill-key"
  description             = "What passwords of restored databases are made from"
  kms_key_id              = var.secrets_key_arn
  recovery_window_in_days = var.deletion_protection ? 30 : 0
}

resource "aws_secretsmanager_secret_version" "drill_key" {
  secret_id     = aws_secretsmanager_secret.drill_key.id
  secret_string = terraform_data.drill_key.output
}

# Who reads databases: production's for the manifests of backups, and restored ones.
resource "aws_security_group" "readers" {
  name        = "${local.name}-readers"
  description = "Functions that read databases; nothing comes in"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.name}-readers" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "readers_aws" {
  security_group_id = aws_security_group.readers.id
  description       = "AWS"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}

resource "aws_vpc_security_group_egress_rule" "readers_restored" {
  security_group_id            = aws_security_group.readers.id
  description                  = "PostgreSQL to restored databases"
  referenced_security_group_id = var.restores.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}

resource "aws_vpc_security_group_egress_rule" "readers_production" {
  for_each = var.databases

  security_group_id            = aws_security_group.readers.id
  description                  = "PostgreSQL to ${each.key}"
  referenced_security_group_id = each.value.security_group_id
  ip_protocol                  = "tcp"
  from_port                    = 5432
  to_port                      = 5432
}
