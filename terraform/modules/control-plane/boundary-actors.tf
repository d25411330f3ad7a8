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
