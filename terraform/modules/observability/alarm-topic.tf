# The topic that tells people. The module control-plane has another one, for alerts that the machines answer.
resource "aws_sns_topic" "alarms" {
  name              = "${local.name}-alarms"
  display_name      = "Evenkeel ${var.stage}"
  kms_master_key_id = var.notifications_key_arn
  signature_version = 2
}

resource "aws_sns_topic_subscription" "recipient" {
  for_each = var.recipients

  topic_arn = aws_sns_topic.alarms.arn
  protocol  = each.value.protocol
  endpoint  = each.value.endpoint
}

resource "aws_sns_topic_policy" "alarms" {
  arn    = aws_sns_topic.alarms.arn
  policy = data.aws_iam_policy_document.alarms.json
}

data "aws_iam_policy_document" "alarms" {
  statement {
    sid       = "ServicesOfThisAccount"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]

    principals {
      type = "Service"
      identifiers = [
        "budgets.amazonaws.com",
        "cloudwatch.amazonaws.com",
        "costalerts.amazonaws.com",
        "events.amazonaws.com",
        "events.rds.amazonaws.com",
      ]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }

  statement {
    sid       = "EncryptedOnTheWay"
    effect    = "Deny"
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

# What no metric tells: a failover took place, a disk is failing, a replica was cut off.
resource "aws_db_event_subscription" "database" {
  name        = "${local.name}-database"
  sns_topic   = aws_sns_topic.alarms.arn
  source_type = "db-instance"
  source_ids  = concat([var.database.instance_id], var.database.read_replica_ids)

  event_categories = [
    "availability",
    "deletion",
    "failover",
    "failure",
    "low storage",
    "maintenance",
    "read replica",
    "recovery",
    "security",
  ]

  depends_on = [aws_sns_topic_policy.alarms]
}
