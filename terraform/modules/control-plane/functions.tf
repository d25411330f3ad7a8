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
    actions   = ["s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.evidence.arn}/*"]
  }

  statement {
    sid       = "EncryptEvidence"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [var.evidence_key_arn]
  }

  statement {
    sid       = "SignEvidence"
    actions   = ["kms:GetPublicKey", "kms:Sign"]
    resources = [aws_kms_key.signing.arn]
  }

  # The drill's own policy says what may be restored and removed.
  statement {
    sid       = "TakeTheDrillsRole"
    actions   = ["sts:AssumeRole"]
    resources = ["arn:${local.partition}:iam::${local.account}:role/${local.name}-restore-drill"]
  }

  statement {
    sid       = "Logs"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["arn:${local.partition}:logs:${local.regional}:log-group:/aws/lambda/${local.name}-*"]
  }

  statement {
    sid = "WhatKnowsNoResource"
    actions = [
      "cloudwatch:DescribeAlarms",
      "cloudwatch:GetMetricData",
      "ec2:AssignPrivateIpAddresses",
      "ec2:CreateNetworkInterface",
      "ec2:DeleteNetworkInterface",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSubnets",
      "ec2:UnassignPrivateIpAddresses",
      "elasticloadbalancing:DescribeRules",
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:GetLogDelivery",
      "logs:ListLogDeliveries",
      "logs:PutResourcePolicy",
      "logs:UpdateLogDelivery",
      "xray:GetSamplingRules",
      "xray:GetSamplingTargets",
      "xray:PutTelemetryRecords",
      "xray:PutTraceSegments",
    ]
    resources = ["*"]
  }
}
