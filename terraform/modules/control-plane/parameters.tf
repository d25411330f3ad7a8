locals {
  # What serverless/parameters.ts reads, no more and no less; a test compares the two. None is secret.
  parameters = {
    access-group               = { holds = "The Kubernetes group of the functions that use the cluster", value = var.cluster_access_group }
    actor-boundary-arn         = { holds = "The most that functions that act on what an alarm is about may do", value = aws_iam_policy.boundary["actors"].arn }
    alarm-topic-arn            = { holds = "The SNS topic that all alarms of the control plane tell", value = var.alarm_topic_arn }
    alert-topic-arn            = { holds = "The SNS topic of alerts that the control plane answers", value = aws_sns_topic.alerts.arn }
    backup-bucket              = { holds = "Bucket of dumps and of configuration backups", value = var.exports.bucket }
    backup-key-arn             = { holds = "Key that encrypts them", value = var.exports.key_arn }
    cluster-name               = { holds = "The EKS cluster that runs the services", value = var.cluster_name }
    cluster-namespace          = { holds = "The Kubernetes namespace of the services", value = var.cluster_namespace }
    copy-key-arn               = { holds = "Key of copies in the second region, or none", value = try(var.backup_copies.key_arn, "none") }
    database-arns              = { holds = "The databases of production", list = values(var.databases)[*].arn }
    database-key-arns          = { holds = "Keys of databases and of their copies", list = local.database_key_arns }
    database-secret-arns       = { holds = "Logins of those databases", list = values(var.databases)[*].secret_arn }
    database-secrets           = { holds = "JSON: the secret with the login, by instance", value = jsonencode({ for id, database in var.databases : id => database.secret_arn }) }
    drill-key-secret-arn       = { holds = "What passwords of drills are made from", value = aws_secretsmanager_secret.drill_key.arn }
    drill-parameter-group      = { holds = "Parameters of restored databases", value = var.restores.parameter_group }
    drill-schedule-group       = { holds = "Where removals of drills are scheduled", value = aws_scheduler_schedule_group.drills.name }
    drill-security-group-id    = { holds = "The one security group of restored databases", value = var.restores.security_group_id }
    drill-subnet-group         = { holds = "The isolated subnets of restored databases", value = var.restores.subnet_group }
    evidence-bucket            = { holds = "Bucket of evidence", value = aws_s3_bucket.evidence.id }
    evidence-key-arn           = { holds = "Key that encrypts evidence", value = var.evidence_key_arn }
    evidence-lock-days         = { holds = "For how long evidence is locked", value = tostring(var.evidence_lock.days) }
    evidence-lock-mode         = { holds = "Who may unlock it before: COMPLIANCE means nobody", value = var.evidence_lock.mode }
    failover                   = { holds = "JSON: names, witnesses and old writers of a failover", value = jsonencode(var.failover) }
    function-boundary-arn      = { holds = "The most that other functions of the control plane may do", value = aws_iam_policy.boundary["functions"].arn }
    function-security-group-id = { holds = "Security group of the functions in the network", value = aws_security_group.functions.id }
    function-subnet-ids        = { holds = "Subnets of those functions, separated by commas", value = join(",", var.private_subnet_ids) }
    image-registry             = { holds = "Host name of the image registry", value = local.image_registry }
    image-repository-prefix    = { holds = "An image repository is this and the service", value = local.image_repository_prefix }
    listener-rule-arns         = { holds = "The listener rules of all services", list = values(var.traffic_rules)[*].rule }
    machine-boundary-arn       = { holds = "The most that machines of the control plane may do", value = aws_iam_policy.boundary["machines"].arn }
    pager-keys-secret-arn      = { holds = "Routing keys of the pager, by rota", value = aws_secretsmanager_secret.pager_keys.arn }
    pages-bucket               = { holds = "Bucket of the pages that anybody may read", value = aws_s3_bucket.pages.id }
    probe-addresses            = { holds = "JSON: where to send requests, by service and slot", value = jsonencode(var.probe_addresses) }
    reader-security-group-id   = { holds = "Security group of the functions that read databases", value = aws_security_group.readers.id }
    removal-role-arn           = { holds = "As whom schedules of removals call", value = aws_iam_role.removals.arn }
    second-region              = { holds = "Where copies of backups go, or none", value = try(var.backup_copies.region, "none") }
    secrets-key-arn            = { holds = "Key that encrypts secrets", value = var.secrets_key_arn }
    signing-key-arn            = { holds = "Key that signs evidence", value = aws_kms_key.signing.arn }
    traffic-rules              = { holds = "JSON: listener rule and target groups, by service", value = jsonencode(var.traffic_rules) }
  }
}

resource "aws_ssm_parameter" "this" {
  for_each = local.parameters

  name        = "/evenkeel/${var.stage}/${each.key}"
  description = each.value.holds
  # CloudFormation reads these when the stack is deployed, and reads no secure ones.
  type  = can(each.value.list) ? "StringList" : "String"
  value = can(each.value.list) ? join(",", each.value.list) : each.value.value
  # A standard parameter holds 4 KB, which is about ten services.
  tier = length(can(each.value.list) ? join(",", each.value.list) : each.value.value) > 4096 ? "Advanced" : "Standard"
}
