# What Terraform makes has its tags by default_tags; this finds what others made.
resource "aws_config_config_rule" "required_tags" {
  count = var.tag_check_enabled ? 1 : 0

  name        = "${local.name}-required-tags"
  description = "Every resource has the tags ${join(", ", var.required_tags)}"

  source {
    owner             = "AWS"
    source_identifier = "REQUIRED_TAGS"
  }

  input_parameters = jsonencode({ for index, tag in sort(var.required_tags) : "tag${index + 1}Key" => tag })
}

resource "aws_cloudwatch_event_rule" "untagged" {
  count = var.tag_check_enabled ? 1 : 0

  name        = "${local.name}-untagged"
  description = "A resource without its tags was found"

  event_pattern = jsonencode({
    source      = ["aws.config"]
    detail-type = ["Config Rules Compliance Change"]
    detail = {
      configRuleName      = aws_config_config_rule.required_tags[*].name
      newEvaluationResult = { complianceType = ["NON_COMPLIANT"] }
    }
  })
}

resource "aws_cloudwatch_event_target" "untagged" {
  count = var.tag_check_enabled ? 1 : 0

  rule      = aws_cloudwatch_event_rule.untagged[0].name
  target_id = "alarms"
  arn       = var.alarm_topic_arn
}
