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
  policy      = data.aws_iam_policy_document.boundary.json
}

locals {
  regional = "${local.region}:${local.account}"

  rds             = "arn:${local.partition}:rds:${local.regional}"
  drill_databases = "${local.rds}:db:evenkeel-drill-*"
  # Of any region: a copy has the name of its snapshot.
  our_snapshots     = "arn:${local.partition}:rds:*:${local.account}:snapshot:evenkeel-*"
  database_key_arns = concat([var.data_key_arn], var.backup_copies[*].key_arn)
}

data "aws_iam_policy_document" "boundary" {
  statement {
    sid       = "ControlTable"
    actions   = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"]
    resources = ["arn:${local.partition}:dynamodb:${local.regional}:table/${local.name}-control"]
  }

  statement {
    sid       = "Weights"
    actions   = ["elasticloadbalancing:ModifyRule"]
    resources = values(var.traffic_rules)[*].rule
  }

  statement {
    sid       = "Cluster"
    actions   = ["eks:DescribeCluster"]
    resources = ["arn:${local.partition}:eks:${local.regional}:cluster/${var.cluster_name}"]
  }

  # Certificates of CloudFront are in another region.
  statement {
    sid       = "Certificates"
    actions   = ["acm:DescribeCertificate", "acm:GetCertificate", "acm:RenewCertificate"]
    resources = ["arn:${local.partition}:acm:*:${local.account}:certificate/*"]
  }

  statement {
    sid       = "Images"
    actions   = ["ecr:DescribeImageScanFindings", "ecr:DescribeImages"]
    resources = ["arn:${local.partition}:ecr:${local.regional}:repository/${local.image_repository_prefix}*"]
  }

  statement {
    sid       = "Functions"
    actions   = ["lambda:InvokeFunction"]
    resources = ["arn:${local.partition}:lambda:${local.regional}:function:${local.name}-*"]
  }

  statement {
    sid     = "Machines"
    actions = ["states:DescribeExecution", "states:SendTaskFailure", "states:SendTaskHeartbeat", "states:SendTaskSuccess", "states:StartExecution", "states:StopExecution"]
    resources = [
      "arn:${local.partition}:states:${local.regional}:stateMachine:${local.name}-*",
      "arn:${local.partition}:states:${local.regional}:execution:${local.name}-*",
    ]
  }

  statement {
    sid       = "EndsOfMachines"
    actions   = ["events:DescribeRule", "events:PutRule", "events:PutTargets"]
    resources = ["arn:${local.partition}:events:${local.regional}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule"]
  }

  statement {
    sid       = "DeadLetters"
    actions   = ["sqs:SendMessage"]
    resources = ["arn:${local.partition}:sqs:${local.regional}:${local.name}-event-dead-letters"]
  }

  statement {
    sid       = "Evidence"
    actions   = ["s3:GetObject", "s3:PutObject", "s3:PutObjectRetention"]
    resources = ["${aws_s3_bucket.evidence.arn}/*"]
  }

  statement {
    sid       = "ListEvidence"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.evidence.arn]
  }

  statement {
    sid       = "EncryptEvidence"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.evidence_key_arn]
  }

  # Removing a name, never a version: what is locked stays.
  statement {
    sid       = "Exports"
    actions   = ["s3:DeleteObject", "s3:GetObject"]
    resources = [for folder in ["configuration", "database"] : "arn:${local.partition}:s3:::${var.exports.bucket}/${folder}/*"]
  }

  statement {
    sid       = "ListExports"
    actions   = ["s3:ListBucket"]
    resources = ["arn:${local.partition}:s3:::${var.exports.bucket}"]
  }

  statement {
    sid       = "ReadExports"
    actions   = ["kms:Decrypt"]
    resources = [var.exports.key_arn]
  }

  statement {
    sid       = "SignEvidence"
    actions   = ["kms:GetPublicKey", "kms:Sign"]
    resources = [aws_kms_key.signing.arn]
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
    resources = ["arn:${local.partition}:rds:*:${local.account}:db:*"]

    condition {
      test     = "StringLike"
      variable = "aws:ResourceTag/evenkeel:failover"
      values   = ["?*"]
    }
  }

  statement {
    sid       = "NamesOfAFailover"
    actions   = ["route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets"]
    resources = ["arn:${local.partition}:route53:::hostedzone/*"]
  }

  statement {
    sid       = "WitnessesOfAFailover"
    actions   = ["route53:GetHealthCheckStatus"]
    resources = ["arn:${local.partition}:route53:::healthcheck/*"]
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
    sid       = "ReadLogins"
    actions   = ["kms:Decrypt"]
    resources = [var.secrets_key_arn]
  }

  statement {
    sid       = "Removals"
    actions   = ["scheduler:CreateSchedule", "scheduler:DeleteSchedule", "scheduler:GetSchedule"]
    resources = ["arn:${local.partition}:scheduler:${local.regional}:schedule/${aws_scheduler_schedule_group.drills.name}/drill-*"]
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
    resources = ["arn:${local.partition}:logs:${local.regional}:log-group:/aws/lambda/${local.name}-*"]
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
