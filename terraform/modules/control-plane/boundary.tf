# The most that a role of the control plane may do, whatever its own policy says: one for functions, one for machines, one for
# the functions that act on what an alarm is about. Who deploys the stack can make roles only within one of them, so a change
# to the stack cannot give itself the account.
resource "aws_iam_policy" "boundary" {
  for_each = local.boundaries

  name        = "${local.name}-boundary-${each.key}"
  description = "The most that ${each.key} of the control plane may do"
  policy      = each.value

  lifecycle {
    precondition {
      condition     = length(each.value) <= 6144
      error_message = "IAM takes 6,144 characters in a policy, got ${length(each.value)} in the boundary of ${each.key}: merge statements, or name fewer resources."
    }
  }
}

# As IAM takes them. Statements that are the only ones of their services are one: no action of a service fits a resource of
# another, so that together they allow what each of them allowed. Names of statements are for readers of these files.
locals {
  written = {
    actors    = concat(data.aws_iam_policy_document.boundary_basis.statement, data.aws_iam_policy_document.boundary_actors.statement)
    functions = concat(data.aws_iam_policy_document.boundary_basis.statement, data.aws_iam_policy_document.boundary_functions.statement)
    machines  = data.aws_iam_policy_document.boundary_machines.statement
  }
  ceilings = {
    for whose, statements in local.written : whose => [
      for statement in statements : {
        sid       = statement.sid
        effect    = statement.effect == "Deny" ? "Deny" : "Allow"
        services  = distinct([for action in statement.actions : split(":", action)[0]])
        actions   = sort(statement.actions)
        resources = sort(statement.resources)
        condition = { for one in statement.condition : one.test => { (one.variable) = one.values } }
      }
    ]
  }
  plain = {
    for whose, ceiling in local.ceilings : whose => [
      for one in ceiling : one if one.effect == "Allow" && length(one.condition) == 0 && !contains(one.resources, "*")
    ]
  }
  alone = {
    for whose, plain in local.plain : whose => [
      for one in plain : one
      if alltrue([for other in plain : other.sid == one.sid || length(setintersection(other.services, one.services)) == 0])
    ]
  }
  # What knows no resource is one statement too.
  anything = {
    for whose, ceiling in local.ceilings : whose => [
      for one in ceiling : one if one.effect == "Allow" && length(one.condition) == 0 && contains(one.resources, "*")
    ]
  }
  boundaries = {
    for whose, ceiling in local.ceilings : whose => jsonencode({
      Version = "2012-10-17"
      Statement = concat(
        [
          { Effect = "Allow", Action = flatten(local.alone[whose][*].actions), Resource = flatten(local.alone[whose][*].resources) },
          { Effect = "Allow", Action = sort(flatten(local.anything[whose][*].actions)), Resource = ["*"] },
        ],
        [
          for one in ceiling : merge(
            { Effect = one.effect, Action = one.actions, Resource = one.resources },
            { for name, value in { Condition = one.condition } : name => value if length(value) > 0 },
          ) if !contains(concat(local.alone[whose][*].sid, local.anything[whose][*].sid), one.sid)
        ],
      )
    })
  }
}

locals {
  regional = "${local.region}:${local.account}"

  # The boundary leaves regions to the roles' own policies, which name them: IAM has no room for them twice.
  anywhere = "*:${local.account}"

  rds               = "arn:${local.partition}:rds:${local.anywhere}"
  drill_databases   = "${local.rds}:db:evenkeel-drill-*"
  our_snapshots     = "${local.rds}:snapshot:evenkeel-*"
  database_key_arns = concat([var.data_key_arn], var.backup_copies[*].key_arn)
}

# What both kinds of functions may do.
data "aws_iam_policy_document" "boundary_basis" {
  statement {
    sid       = "ControlTable"
    actions   = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]
    resources = ["arn:${local.partition}:dynamodb:${local.anywhere}:table/${local.name}-control"]
  }

  statement {
    sid       = "Cluster"
    actions   = ["eks:DescribeCluster"]
    resources = ["arn:${local.partition}:eks:${local.anywhere}:cluster/${var.cluster_name}"]
  }

  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:${local.partition}:logs:${local.anywhere}:log-group:/aws/lambda/${local.name}-*"]
  }

  statement {
    sid = "NetworkAndTraces"
    actions = [
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:UnassignPrivateIpAddresses",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]
    resources = ["*"]
  }
}

data "aws_iam_policy_document" "boundary_functions" {
  statement {
    sid     = "Weights"
    actions = ["elasticloadbalancing:ModifyRule"]
    # All rules of the listener: each by its own name would be too long.
    resources = distinct([for each in values(var.traffic_rules) : replace(each.rule, "//[^/]+$/", "/*")])
  }

  # Certificates of CloudFront are in another region.
  statement {
    sid       = "Certificates"
    actions   = ["acm:DescribeCertificate", "acm:GetCertificate", "acm:RenewCertificate"]
    resources = ["arn:${local.partition}:acm:${local.anywhere}:certificate/*"]
  }

  statement {
    sid       = "Images"
    actions   = ["ecr:DescribeImageScanFindings", "ecr:DescribeImages"]
    resources = ["arn:${local.partition}:ecr:${local.anywhere}:repository/${local.image_repository_prefix}*"]
  }

  statement {
    sid     = "Machines"
    actions = ["states:DescribeExecution", "states:StartExecution"]
    resources = [
      "arn:${local.partition}:states:${local.anywhere}:execution:${local.name}-*",
      "arn:${local.partition}:states:${local.anywhere}:stateMachine:${local.name}-*",
    ]
  }

  statement {
    sid       = "DeadLetters"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:${local.partition}:sqs:${local.anywhere}:${local.name}-event-dead-letters"]
  }

  statement {
    sid       = "Evidence"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:PutObjectRetention"]
    resources = ["${aws_s3_bucket.evidence.arn}/*"]
  }

  statement {
    sid       = "Pages"
    actions   = ["s3:PutObject"]
    resources = ["${aws_s3_bucket.pages.arn}/*"]
  }

  # Removing a name, never a version: what is locked stays. Of evidence there is no removing at all.
  statement {
    sid     = "ExportsAndLists"
    actions = ["s3:DeleteObject", "s3:GetObject", "s3:ListBucket"]
    resources = [
      aws_s3_bucket.evidence.arn,
      "arn:${local.partition}:s3:::${var.exports.bucket}",
      "arn:${local.partition}:s3:::${var.exports.bucket}/configuration/*",
      "arn:${local.partition}:s3:::${var.exports.bucket}/database/*",
    ]
  }

  statement {
    sid       = "Keys"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey", "kms:GetPublicKey", "kms:Sign"]
    resources = distinct([aws_kms_key.signing.arn, var.evidence_key_arn, var.exports.key_arn, var.secrets_key_arn])
  }

  statement {
    sid       = "Snapshots"
    actions   = ["rds:AddTagsToResource", "rds:CopyDBSnapshot", "rds:CreateDBSnapshot", "rds:DeleteDBSnapshot"]
    resources = concat(values(var.databases)[*].arn, [local.our_snapshots])
  }

  # Under the drill's mark, and nowhere but in the isolated subnets.
  statement {
    sid       = "Restores"
    actions   = ["rds:AddTagsToResource", "rds:DeleteDBInstance", "rds:ModifyDBInstance", "rds:RestoreDBInstanceFromDBSnapshot", "rds:RestoreDBInstanceToPointInTime"]
    resources = [local.drill_databases]
  }

  statement {
    sid     = "SourcesAndPlaceOfRestores"
    actions = ["rds:RestoreDBInstanceFromDBSnapshot", "rds:RestoreDBInstanceToPointInTime"]
    resources = concat(values(var.databases)[*].arn, [
      local.our_snapshots,
      "${local.rds}:auto-backup:*",
      "${local.rds}:og:default:*",
      "${local.rds}:pg:${var.restores.parameter_group}",
      "${local.rds}:snapshot:rds:*",
      "${local.rds}:subgrp:${var.restores.subnet_group}",
    ])
  }

  statement {
    sid       = "WritersOfAFailover"
    actions   = ["rds:ModifyDBInstance", "rds:PromoteReadReplica", "rds:RebootDBInstance"]
    resources = ["${local.rds}:db:*"]

    condition {
      test     = "StringLike"
      variable = "aws:ResourceTag/evenkeel:failover"
      values   = ["?*"]
    }
  }

  statement {
    sid     = "NamesAndWitnessesOfAFailover"
    actions = ["route53:ChangeResourceRecordSets", "route53:GetHealthCheckStatus", "route53:ListResourceRecordSets"]
    resources = [
      "arn:${local.partition}:route53:::healthcheck/*",
      "arn:${local.partition}:route53:::hostedzone/*",
    ]
  }

  # In the other region too: CloudWatch knows no resource for metrics.
  statement {
    sid       = "HeartbeatsOfAFailover"
    actions   = ["cloudwatch:PutMetricData"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "cloudwatch:namespace"
      values   = ["Evenkeel/Failover"]
    }
  }

  # Holds whatever else a role may be given one day.
  statement {
    sid       = "RemoveNoDatabaseWithoutTheMark"
    effect    = "Deny"
    actions   = ["rds:DeleteDBInstance"]
    resources = ["*"]

    condition {
      test     = "Null"
      variable = "aws:ResourceTag/evenkeel:drill"
      values   = ["true"]
    }
  }

  statement {
    sid       = "RemoveNoSnapshotThatIsNoBackup"
    effect    = "Deny"
    actions   = ["rds:DeleteDBSnapshot"]
    resources = ["*"]

    condition {
      test     = "Null"
      variable = "aws:ResourceTag/evenkeel:backup"
      values   = ["true"]
    }
  }

  statement {
    sid       = "KeysThroughRds"
    actions   = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext", "kms:ReEncryptFrom", "kms:ReEncryptTo"]
    resources = local.database_key_arns

    condition {
      test     = "StringLike"
      variable = "kms:ViaService"
      values   = ["rds.*.${data.aws_partition.this.dns_suffix}"]
    }
  }

  statement {
    sid       = "Logins"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = concat(values(var.databases)[*].secret_arn, [aws_secretsmanager_secret.drill_key.arn, aws_secretsmanager_secret.pager_keys.arn])
  }

  statement {
    sid       = "Removals"
    actions   = ["scheduler:CreateSchedule", "scheduler:DeleteSchedule", "scheduler:GetSchedule"]
    resources = ["arn:${local.partition}:scheduler:${local.anywhere}:schedule/${aws_scheduler_schedule_group.drills.name}/drill-*"]
  }

  statement {
    sid       = "HandOnTheRoleOfRemovals"
    actions   = ["iam:PassRole"]
    resources = [aws_iam_role.removals.arn]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["scheduler.amazonaws.com"]
    }
  }

  statement {
    sid = "WhatKnowsNoResource"
    actions = [
      "acm:ListCertificates",
      "cloudfront:ListDistributions",
      "cloudwatch:DescribeAlarms",
      "cloudwatch:GetMetricData",
      "elasticloadbalancing:DescribeListenerCertificates",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeTargetHealth",
      "rds:DescribeDBInstanceAutomatedBackups",
      "rds:DescribeDBInstances",
      "rds:DescribeDBSnapshots",
    ]
    resources = ["*"]
  }
}
