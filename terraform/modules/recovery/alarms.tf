resource "aws_cloudwatch_event_rule" "failed" {
  for_each = {
    backup = { type = "Backup Job State Change", states = ["ABORTED", "EXPIRED", "FAILED", "PARTIAL"] }
    copy   = { type = "Copy Job State Change", states = ["FAILED", "PARTIAL"] }
  }

  name        = "${local.name}-${each.key}-failed"
  description = "A ${each.key} of the database did not come about"

  event_pattern = jsonencode({
    source      = ["aws.backup"]
    detail-type = [each.value.type]
    detail      = { state = each.value.states }
  })
}

resource "aws_cloudwatch_event_target" "failed" {
  for_each = aws_cloudwatch_event_rule.failed

  rule      = each.value.name
  target_id = "alarms"
  arn       = var.alarm_topic_arn
}

# A backup that was never begun does not fail.
resource "aws_cloudwatch_metric_alarm" "stale" {
  alarm_name                = "${local.name}-backup-stale"
  alarm_description         = "No backup of the database was completed in the last day: look at the jobs of the vault ${module.store.vault_name}."
  alarm_actions             = [var.alarm_topic_arn]
  ok_actions                = [var.alarm_topic_arn]
  insufficient_data_actions = [var.alarm_topic_arn]

  namespace           = "AWS/Backup"
  metric_name         = "NumberOfBackupJobsCompleted"
  dimensions          = { BackupVaultName = module.store.vault_name }
  statistic           = "Sum"
  period              = 86400
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  evaluation_periods  = 1
  treat_missing_data  = "breaching"
}
