# Machines call functions and each other, and write logs and traces.
data "aws_iam_policy_document" "boundary_machines" {
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
    sid = "WhatKnowsNoResource"
    actions = [
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
