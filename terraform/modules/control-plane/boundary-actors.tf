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

  # CloudFormation cuts long names, so those of schedules cannot be told from others here; lib/adapters/edge refuses the others.
  statement {
    sid       = "Schedules"
    actions   = ["events:DescribeRule", "events:DisableRule"]
    resources = ["arn:${local.partition}:events:${local.anywhere}:rule/${local.name}-*"]
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
