locals {
  # What serverless/parameters.ts reads, no more and no less; a test compares the two. None is secret.
  parameters = {
    access-group               = { holds = "The Kubernetes group of the functions that use the cluster", value = var.cluster_access_group }
    alarm-topic-arn            = { holds = "The SNS topic that all alarms of the control plane tell", value = var.alarm_topic_arn }
    cluster-name               = { holds = "The EKS cluster that runs the services", value = var.cluster_name }
    cluster-namespace          = { holds = "The Kubernetes namespace of the services", value = var.cluster_namespace }
    function-security-group-id = { holds = "Security group of the functions in the network", value = aws_security_group.functions.id }
    function-subnet-ids        = { holds = "Subnets of those functions, separated by commas", value = join(",", var.private_subnet_ids) }
    image-registry             = { holds = "Host name of the image registry", value = local.image_registry }
    image-repository-prefix    = { holds = "An image repository is this and the service", value = local.image_repository_prefix }
    listener-rule-arns         = { holds = "The listener rules of all services", list = values(var.traffic_rules)[*].rule }
    permissions-boundary-arn   = { holds = "The most that roles of the control plane may do", value = aws_iam_policy.boundary.arn }
    probe-addresses            = { holds = "JSON: where to send requests, by service and slot", value = jsonencode(var.probe_addresses) }
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
