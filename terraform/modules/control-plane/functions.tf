# The network side of those functions that ask the Kubernetes API or a slot that is not released.
resource "aws_security_group" "functions" {
  name        = "${local.name}-functions"
  description = "Functions of the control plane; nothing comes in"
  vpc_id      = var.vpc_id

  tags = { Name = "${local.name}-functions" }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_vpc_security_group_egress_rule" "functions" {
  for_each = { https = 443, slots = 8443 }

  security_group_id = aws_security_group.functions.id
  description       = each.key == "https" ? "AWS, the Kubernetes API, and the services as users see them" : "The load balancer's test listener"
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = each.value
  to_port           = each.value
}

resource "aws_vpc_security_group_egress_rule" "functions_failover" {
  count = var.failover_network == null ? 0 : 1

  security_group_id = aws_security_group.functions.id
  description       = "PostgreSQL in the first region: is it lost, and is it fenced"
  cidr_ipv4         = var.failover_network
  ip_protocol       = "tcp"
  from_port         = 5432
  to_port           = 5432
}

resource "aws_vpc_security_group_ingress_rule" "cluster" {
  security_group_id            = var.cluster_security_group_id
  description                  = "The control plane asks the Kubernetes API"
  referenced_security_group_id = aws_security_group.functions.id
  ip_protocol                  = "tcp"
  from_port                    = 443
  to_port                      = 443
}

# The most that any role of the control plane may do, whatever its own policy says. Who deploys the stack can make
# roles only within it, so a change to the stack cannot give itself the account.
resource "aws_iam_policy" "boundary" {
  name        = "${local.name}-boundary"
  description = "The most that functions and machines of the control plane may do"
  policy      = local.boundary

  lifecycle {
    precondition {
      condition     = length(local.boundary) <= 6144
      error_message = "IAM takes 6,144 characters in a policy, got ${length(local.boundary)}: merge statements of the boundary, or name fewer resources."
    }
  }
}

# As IAM takes it. Statements that are the only ones of their services are one: no action of a service fits a resource of another,
# so that together they allow what each of them allowed. Names of statements are for readers of this file.
locals {
  ceiling = [
    for statement in data.aws_iam_policy_document.boundary.statement : {
      sid       = statement.sid
      effect    = statement.effect == "Deny" ? "Deny" : "Allow"
      services  = distinct([for action in statement.actions : split(":", action)[0]])
      actions   = sort(statement.actions)
      resources = sort(statement.resources)
      condition = { for one in statement.condition : one.test => { (one.variable) = one.values } }
    }
  ]
  plain = [for one in local.ceiling : one if one.effect == "Allow" && length(one.condition) == 0 && !contains(one.resources, "*")]
  alone = [
    for one in local.plain : one
    if alltrue([for other in local.plain : other.sid == one.sid || length(setintersection(other.services, one.services)) == 0])
  ]
  apart = [for one in local.ceiling : one if !contains(local.alone[*].sid, one.sid)]
  boundary = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [{ Effect = "Allow", Action = flatten(local.alone[*].actions), Resource = flatten(local.alone[*].resources) }],
      [
        for one in local.apart : merge(
          { Effect = one.effect, Action = one.actions, Resource = one.resources },
          { for name, value in { Condition = one.condition } : name => value if length(value) > 0 },
        )
      ],
    )
  })
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

data "aws_iam_policy_document" "boundary" {
  statement {
    sid       = "ControlTable"
    actions   = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]
    resources = ["arn:${local.partition}:dynamodb:${local.anywhere}:table/${local.name}-control"]
  }

  statement {
    sid     = "Weights"
    actions = ["elasticloadbalancing:ModifyRule"]
    # All rules of the listener: each by its own name would be too long.
    resources = distinct([for each in values(var.traffic_rules) : replace(each.rule, "//[^/]+$/", "/*")])
  }

  statement {
    sid       = "Cluster"
    actions   = ["eks:DescribeCluster"]
    resources = ["arn:${local.partition}:eks:${local.anywhere}:cluster/${var.cluster_name}"]
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
    sid       = "Functions"
    actions   = ["lambda:InvokeFunction"]
    resources = ["arn:${local.partition}:lambda:${local.anywhere}:function:${local.name}-*"]
  }

  statement {
    sid     = "Machines"
    actions = ["states:DescribeExecution", "states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess", "states:StartExecution", "states:StopExecution"]
    resources = [
      "arn:${local.partition}:states:${local.anywhere}:stateMachine:${local.name}-*",
      "arn:${local.partition}:states:${local.anywhere}:execution:${local.name}-*",
    ]
  }

  statement {
    sid       = "EndsOfMachines"
    actions   = ["events:DescribeRule", "events:PutRule", "events:PutTargets"]
    resources = ["arn:${local.partition}:events:${local.anywhere}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule"]
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
    resources = concat(values(var.databases)[*].secret_arn, [aws_secretsmanager_secret.drill_key.arn])
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
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:${local.partition}:logs:${local.anywhere}:log-group:/aws/lambda/${local.name}-*"]
  }

  statement {
    sid = "WhatKnowsNoResource"
    actions = [
      "acm:ListCertificates",
      "cloudfront:ListDistributions",
      "cloudwatch:DescribeAlarms",
      "cloudwatch:GetMetricData",
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:UnassignPrivateIpAddresses",
      "elasticloadbalancing:DescribeListenerCertificates",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeTargetHealth",
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
      "rds:DescribeDBInstanceAutomatedBackups",
      "rds:DescribeDBInstances",
      "rds:DescribeDBSnapshots",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]
    resources = ["*"]
  }
}
