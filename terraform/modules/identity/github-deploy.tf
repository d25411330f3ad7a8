# What `serverless deploy` needs for this stack and no other. It can neither delete the control table nor make a role
# outside the boundaries.

locals {
  # serverless/role.ts puts them there. Terraform's roles are elsewhere, so a deployment cannot touch them.
  stack_roles = "arn:${local.partition}:iam::${local.account}:role/evenkeel/${var.stage}/*"
}

resource "aws_iam_role_policy" "github_deploy" {
  for_each = {
    roles = data.aws_iam_policy_document.github_deploy_roles
    stack = data.aws_iam_policy_document.github_deploy_stack
  }

  name   = each.key
  role   = aws_iam_role.github["deploy"].id
  policy = each.value.json
}

data "aws_iam_policy_document" "github_deploy_roles" {
  statement {
    sid = "RolesWithinABoundary"
    actions = [
      "iam:CreateRole",
      "iam:DeleteRolePolicy",
      "iam:PutRolePermissionsBoundary",
      "iam:PutRolePolicy",
    ]
    resources = [local.stack_roles]

    condition {
      test     = "StringEquals"
      variable = "iam:PermissionsBoundary"
      values   = values(var.permissions_boundary_arns)
    }
  }

  statement {
    sid = "RolesOfTheStack"
    actions = [
      "iam:DeleteRole",
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListRolePolicies",
      "iam:TagRole",
      "iam:UntagRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
    ]
    resources = [local.stack_roles]
  }

  statement {
    sid       = "HandRolesToFunctionsAndMachines"
    actions   = ["iam:PassRole"]
    resources = [local.stack_roles]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["lambda.amazonaws.com", "states.amazonaws.com"]
    }
  }

  # Members of the two groups that the manifests bind in one namespace; no policy of EKS can be given.
  statement {
    sid       = "AccessOfFunctionsToTheCluster"
    actions   = ["eks:CreateAccessEntry", "eks:UpdateAccessEntry"]
    resources = [local.cluster_arn, "${local.access_entries}/*"]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "eks:kubernetesGroups"
      values   = [var.cluster_access_group, "${var.cluster_access_group}-exports"]
    }

    condition {
      test     = "ArnLike"
      variable = "eks:principalArn"
      values   = [local.stack_roles]
    }

    condition {
      test     = "StringEqualsIfExists"
      variable = "eks:accessEntryType"
      values   = ["STANDARD"]
    }
  }

  statement {
    sid       = "EndAccessOfFunctions"
    actions   = ["eks:DeleteAccessEntry"]
    resources = ["${local.access_entries}/*"]

    condition {
      test     = "ArnLike"
      variable = "eks:principalArn"
      values   = [local.stack_roles]
    }
  }

  statement {
    sid       = "LookAtAccess"
    actions   = ["eks:DescribeAccessEntry", "eks:ListAccessEntries", "eks:ListAssociatedAccessPolicies", "eks:ListTagsForResource", "eks:TagResource"]
    resources = [local.cluster_arn, "${local.access_entries}/*"]
  }
}

locals {
  cluster_arn    = "arn:${local.partition}:eks:${local.regional}:cluster/${var.cluster_name}"
  access_entries = "arn:${local.partition}:eks:${local.regional}:access-entry/${var.cluster_name}/role/${local.account}"
}

data "aws_iam_policy_document" "github_deploy_stack" {
  statement {
    sid = "Stack"
    actions = [
      "cloudformation:CreateChangeSet",
      "cloudformation:CreateStack",
      "cloudformation:DeleteChangeSet",
      "cloudformation:DescribeChangeSet",
      "cloudformation:DescribeStackEvents",
      "cloudformation:DescribeStackResource",
      "cloudformation:DescribeStackResources",
      "cloudformation:DescribeStacks",
      "cloudformation:ExecuteChangeSet",
      "cloudformation:GetTemplate",
      "cloudformation:ListStackResources",
      "cloudformation:SetStackPolicy",
      "cloudformation:UpdateStack",
    ]
    resources = ["arn:${local.partition}:cloudformation:${local.regional}:stack/${local.name}/*"]
  }

  statement {
    sid       = "Parameters"
    actions   = ["ssm:GetParameter", "ssm:GetParameters"]
    resources = ["arn:${local.partition}:ssm:${local.regional}:parameter/evenkeel/${var.stage}/*"]
  }

  statement {
    sid = "Packages"
    actions = [
      "s3:CreateBucket",
      "s3:DeleteObject",
      "s3:GetBucketLocation",
      "s3:GetBucketPolicy",
      "s3:GetObject",
      "s3:ListBucket",
      "s3:PutBucketPolicy",
      "s3:PutBucketPublicAccessBlock",
      "s3:PutBucketTagging",
      "s3:PutEncryptionConfiguration",
      "s3:PutObject",
    ]
    resources = ["arn:${local.partition}:s3:::${local.name}-serverless*"]
  }

  statement {
    sid = "Functions"
    actions = [
      "lambda:AddPermission",
      "lambda:CreateFunction",
      "lambda:DeleteFunction",
      "lambda:DeleteFunctionConcurrency",
      "lambda:DeleteFunctionEventInvokeConfig",
      "lambda:GetFunction",
      "lambda:GetFunctionCodeSigningConfig",
      "lambda:GetFunctionConfiguration",
      "lambda:GetFunctionEventInvokeConfig",
      "lambda:GetPolicy",
      "lambda:GetRuntimeManagementConfig",
      "lambda:ListTags",
      "lambda:PutFunctionConcurrency",
      "lambda:PutFunctionEventInvokeConfig",
      "lambda:RemovePermission",
      "lambda:TagResource",
      "lambda:UntagResource",
      "lambda:UpdateFunctionCode",
      "lambda:UpdateFunctionConfiguration",
      "lambda:UpdateFunctionEventInvokeConfig",
    ]
    resources = ["arn:${local.partition}:lambda:${local.regional}:function:${local.name}-*"]
  }

  statement {
    sid = "Machines"
    actions = [
      "states:CreateStateMachine",
      "states:DeleteStateMachine",
      "states:DescribeStateMachine",
      "states:ListTagsForResource",
      "states:TagResource",
      "states:UntagResource",
      "states:UpdateStateMachine",
    ]
    resources = ["arn:${local.partition}:states:${local.regional}:stateMachine:${local.name}-*"]
  }

  statement {
    sid       = "Triggers"
    actions   = ["events:DeleteRule", "events:DescribeRule", "events:ListTargetsByRule", "events:PutRule", "events:PutTargets", "events:RemoveTargets", "events:TagResource"]
    resources = ["arn:${local.partition}:events:${local.regional}:rule/${local.name}-*"]
  }

  statement {
    sid     = "Logs"
    actions = ["logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:ListTagsForResource", "logs:PutRetentionPolicy", "logs:TagResource"]
    resources = [
      "arn:${local.partition}:logs:${local.regional}:log-group:/aws/lambda/${local.name}-*",
      "arn:${local.partition}:logs:${local.regional}:log-group:/aws/vendedlogs/states/${local.name}-*",
    ]
  }

  statement {
    sid       = "Alarms"
    actions   = ["cloudwatch:DeleteAlarms", "cloudwatch:ListTagsForResource", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource"]
    resources = ["arn:${local.partition}:cloudwatch:${local.regional}:alarm:${local.name}-*"]
  }

  # Made and changed, never deleted: both are kept when the stack goes.
  statement {
    sid = "ControlTable"
    actions = [
      "dynamodb:CreateTable",
      "dynamodb:DescribeContinuousBackups",
      "dynamodb:DescribeTable",
      "dynamodb:DescribeTimeToLive",
      "dynamodb:ListTagsOfResource",
      "dynamodb:TagResource",
      "dynamodb:UpdateContinuousBackups",
      "dynamodb:UpdateTable",
    ]
    resources = ["arn:${local.partition}:dynamodb:${local.regional}:table/${local.name}-control"]
  }

  statement {
    sid       = "DeadLetters"
    actions   = ["sqs:CreateQueue", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ListQueueTags", "sqs:SetQueueAttributes", "sqs:TagQueue"]
    resources = ["arn:${local.partition}:sqs:${local.regional}:${local.name}-*"]
  }

  statement {
    sid = "Look"
    actions = [
      "cloudformation:ValidateTemplate",
      "cloudwatch:DescribeAlarms",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "logs:DescribeLogGroups",
    ]
    # These know no resource.
    resources = ["*"]
  }
}
