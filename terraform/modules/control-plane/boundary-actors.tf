# What a run of remediation may do to what its alarm is about: the functions functions/remediation/act-*, and no other.
data "aws_iam_policy_document" "boundary_actors" {
  statement {
    sid       = "Machines"
    actions   = ["states:StartExecution"]
    resources = ["arn:${local.partition}:states:${local.anywhere}:stateMachine:${local.name}-*"]
  }
}
