# What a run of remediation may do to what its alarm is about: the functions functions/remediation/act-*, and no other.
data "aws_iam_policy_document" "boundary_actors" {
  statement {
    sid       = "Servers"
    actions   = ["rds:ModifyDBInstance", "rds:PromoteReadReplica", "rds:RebootDBInstance"]
    resources = concat(values(var.databases)[*].arn, ["${local.rds}:db:${local.name}-replica-*"])
  }

  statement {
    sid       = "Caches"
    actions   = ["elasticache:TestFailover"]
    resources = ["arn:${local.partition}:elasticache:${local.anywhere}:replicationgroup:${local.name}"]
  }

  statement {
    sid       = "Logins"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = values(var.databases)[*].secret_arn
  }

  statement {
    sid       = "KeyOfLogins"
    actions   = ["kms:Decrypt"]
    resources = [var.secrets_key_arn]
  }

  # Distributions have ids that nobody knows before.
  statement {
    sid       = "Edge"
    actions   = ["cloudfront:CreateInvalidation"]
    resources = ["arn:${local.partition}:cloudfront::${local.account}:distribution/*"]
  }

  # Rules with a rate or a cron line, by the names that CloudFormation makes for them. One that listens to events stays on.
  statement {
    sid       = "Schedules"
    actions   = ["events:DescribeRule", "events:DisableRule"]
    resources = ["arn:${local.partition}:events:${local.anywhere}:rule/${local.name}-*EventsRuleSchedule*"]
  }

  statement {
    sid = "WhatKnowsNoResource"
    actions = [
      "elasticache:DescribeCacheClusters",
      "elasticache:DescribeEvents",
      "elasticache:DescribeReplicationGroups",
      "rds:DescribeDBInstances",
      "rds:DescribeEvents",
    ]
    resources = ["*"]
  }
}
