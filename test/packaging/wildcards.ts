/**
 * Every action that is allowed on a resource with a `*`, and why it cannot be narrower. A test fails on one that is
 * missing here, and on one that is here without need.
 */
export const wildcards: Readonly<Record<string, string>> = {
  'cloudwatch:DescribeAlarms': 'CloudWatch answers for composite alarms only when the permission covers all alarms.',
  'cloudwatch:GetMetricData': 'CloudWatch knows no resource for reading metrics.',
  'ec2:AssignPrivateIpAddresses': 'Lambda makes and removes interfaces whose ids nobody knows before.',
  'ec2:CreateNetworkInterface': 'Lambda makes and removes interfaces whose ids nobody knows before.',
  'ec2:DeleteNetworkInterface': 'Lambda makes and removes interfaces whose ids nobody knows before.',
  'ec2:DescribeNetworkInterfaces': 'Lambda makes and removes interfaces whose ids nobody knows before.',
  'ec2:DescribeSubnets': 'Lambda makes and removes interfaces whose ids nobody knows before.',
  'ec2:UnassignPrivateIpAddresses': 'Lambda makes and removes interfaces whose ids nobody knows before.',
  'ecr:DescribeImageScanFindings': 'One repository per service under a fixed prefix; read only.',
  'ecr:DescribeImages': 'One repository per service under a fixed prefix; read only.',
  'elasticloadbalancing:DescribeRules': 'Elastic Load Balancing knows no resource for reading rules.',
  'logs:CreateLogDelivery': 'Log deliveries of Step Functions have no ARN to name.',
  'logs:CreateLogStream': 'Streams of the own log group; their names are chosen by Lambda.',
  'logs:DeleteLogDelivery': 'Log deliveries of Step Functions have no ARN to name.',
  'logs:DescribeLogGroups': 'Asked by Step Functions about all groups when it sets up a delivery.',
  'logs:DescribeResourcePolicies': 'Resource policies of CloudWatch Logs have no ARN to name.',
  'logs:GetLogDelivery': 'Log deliveries of Step Functions have no ARN to name.',
  'logs:ListLogDeliveries': 'Log deliveries of Step Functions have no ARN to name.',
  'logs:PutLogEvents': 'Streams of the own log group; their names are chosen by Lambda.',
  'logs:PutResourcePolicy': 'Resource policies of CloudWatch Logs have no ARN to name.',
  'logs:UpdateLogDelivery': 'Log deliveries of Step Functions have no ARN to name.',
  'states:DescribeExecution': 'Executions of the one machine that is waited for; their names are chosen at run time.',
  'states:StopExecution': 'Executions of the one machine that is waited for; their names are chosen at run time.',
  'xray:GetSamplingRules': 'X-Ray knows no resource for traces and sampling.',
  'xray:GetSamplingTargets': 'X-Ray knows no resource for traces and sampling.',
  'xray:PutTelemetryRecords': 'X-Ray knows no resource for traces and sampling.',
  'xray:PutTraceSegments': 'X-Ray knows no resource for traces and sampling.',
};
