locals {
  github_host = "token.actions.githubusercontent.com"
  github_provider_arn = (
    var.github.create_provider ? one(aws_iam_openid_connect_provider.github[*].arn) : "arn:${local.partition}:iam::${local.account}:oidc-provider/${local.github_host}"
  )
  github_roles = {
    release = { environment = var.github.release_environment, does = "pushes images and asks for releases" }
    deploy  = { environment = var.github.deploy_environment, does = "deploys the control plane" }
  }
}

resource "aws_iam_openid_connect_provider" "github" {
  count = var.github.create_provider ? 1 : 0

  url            = "https://${local.github_host}"
  client_id_list = ["sts.amazonaws.com"]
}

resource "aws_iam_role" "github" {
  for_each = local.github_roles

  name                 = "${local.name}-github-${each.key}"
  description          = "The environment ${each.value.environment} of ${var.github.repository} ${each.value.does}"
  assume_role_policy   = data.aws_iam_policy_document.github_trust[each.key].json
  max_session_duration = 3600
}

data "aws_iam_policy_document" "github_trust" {
  for_each = local.github_roles

  # An environment has rules of its own about branches and reviewers; a branch name anybody can choose has none.
  statement {
    sid     = "JobsOfThisEnvironment"
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [local.github_provider_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.github_host}:sub"
      values   = ["repo:${var.github.repository}:environment:${each.value.environment}"]
    }

    condition {
      test     = "StringEquals"
      variable = "${local.github_host}:aud"
      values   = ["sts.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "github_release" {
  name   = "permissions"
  role   = aws_iam_role.github["release"].id
  policy = data.aws_iam_policy_document.github_release.json
}

data "aws_iam_policy_document" "github_release" {
  statement {
    sid     = "LogIn"
    actions = ["ecr:GetAuthorizationToken"]
    # A token is for the registry, not for a repository.
    resources = ["*"]
  }

  statement {
    sid = "PushImages"
    actions = [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:CompleteLayerUpload",
      "ecr:DescribeImageScanFindings",
      "ecr:DescribeImages",
      "ecr:GetDownloadUrlForLayer",
      "ecr:InitiateLayerUpload",
      "ecr:PutImage",
      "ecr:UploadLayerPart",
    ]
    resources = values(var.image_repository_arns)
  }

  # A wish, not a deed: the machines decide, and answer for it.
  statement {
    sid       = "AskForReleases"
    actions   = ["events:PutEvents"]
    resources = ["arn:${local.partition}:events:${local.regional}:event-bus/default"]

    condition {
      test     = "StringEquals"
      variable = "events:source"
      values   = ["evenkeel"]
    }

    condition {
      test     = "StringEquals"
      variable = "events:detail-type"
      values   = ["DeployRequested", "RollbackRequested"]
    }
  }
}
