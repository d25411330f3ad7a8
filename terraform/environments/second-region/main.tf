# Takes production's place when its region is lost: a replica of the database, and the least of all else that can grow.
# Nothing here reads the other region, whose loss it is made for; what it needs from there has been copied here before.

module "encryption" {
  source = "../../modules/encryption"

  stage                   = local.stage
  create_autoscaling_role = false # the account has it
}

module "network" {
  source = "../../modules/network"

  stage        = local.stage
  cidr_block   = "10.30.0.0/16"
  logs_key_arn = module.encryption.key_arns.logs
}

module "cluster" {
  source = "../../modules/cluster"

  stage              = local.stage
  kubernetes_version = "1.34"
  private_subnet_ids = module.network.private_subnet_ids
  administrators     = { platform = var.administrator_role_arn }
  secrets_key_arn    = module.encryption.key_arns.secrets
  volumes_key_arn    = module.encryption.key_arns.volumes
  logs_key_arn       = module.encryption.key_arns.logs
}

module "edge" {
  source = "../../modules/edge"

  providers = {
    aws            = aws
    aws.cloudfront = aws.us_east_1
  }

  stage                  = local.stage
  domain                 = var.domain
  hosted_zone_id         = var.hosted_zone_id
  services               = { for name, service in local.services : name => service.edge }
  vpc_id                 = module.network.vpc_id
  public_subnet_ids      = module.network.public_subnet_ids
  internal_subnet_ids    = module.network.internal_subnet_ids
  node_security_group_id = module.cluster.node_security_group_id

  # CloudFront takes a name once; these records answer for the domain as soon as a failover gives them weight.
  content_delivery        = false
  failover                = { side = "second", drill_service = "mcp-manager", replica_id = module.database.instance_id }
  prober_cidrs            = [for address in module.network.nat_public_ips : "${address}/32"]
  certificate_authorities = []
  proof_record_enabled    = false # production's proves the same domain
}

module "database" {
  source = "../../modules/database"

  stage                     = local.stage
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.data_subnet_ids
  client_security_group_ids = { nodes = module.cluster.node_security_group_id, readers = module.control-plane.readers_security_group_id }
  data_key_arn              = module.encryption.key_arns.data
  secrets_key_arn           = module.encryption.key_arns.secrets
  logs_key_arn              = module.encryption.key_arns.logs
  instance_class            = "db.r7g.large"
  max_storage_gib           = 2000
  database_name             = "mcp_ui"
  read_replica_count        = 0
  failover_side             = "second"

  replica_of = {
    database_arn = "arn:aws:rds:${local.source_region}:${var.account_id}:db:evenkeel-${local.source_stage}"
    secret_arn   = data.aws_secretsmanager_secret.source.arn
  }
}

# As the module database of production copies it here.
data "aws_secretsmanager_secret" "source" {
  name = "evenkeel/${local.source_stage}/database"
}

# As the module failover of production writes it here.
data "aws_ssm_parameter" "source" {
  name = "/evenkeel/${local.source_stage}/known-elsewhere"
}

locals {
  known = jsondecode(data.aws_ssm_parameter.source.insecure_value)

  # What the control plane reads as the setting FAILOVER (lib/adapters/failover/settings.ts).
  failover = {
    names = {
      for name in module.edge.moving_names : name => {
        zone    = var.hosted_zone_id
        url     = "https://${name}"
        targets = { primary = local.known.target, second = module.edge.public_target }
      }
    }
    witnesses = { (local.known.database) = local.known.witnesses }
    writers   = { (local.known.writer.id) = local.known.writer.does }
  }
}

module "cache" {
  source = "../../modules/cache"

  stage                     = local.stage
  vpc_id                    = module.network.vpc_id
  subnet_ids                = module.network.data_subnet_ids
  client_security_group_ids = { nodes = module.cluster.node_security_group_id }
  data_key_arn              = module.encryption.key_arns.data
  secrets_key_arn           = module.encryption.key_arns.secrets
  logs_key_arn              = module.encryption.key_arns.logs
  node_type                 = "cache.r7g.large"
  node_count                = 2
}

module "observability" {
  source = "../../modules/observability"

  stage                     = local.stage
  vpc_id                    = module.network.vpc_id
  data_subnet_ids           = module.network.data_subnet_ids
  private_subnet_ids        = module.network.private_subnet_ids
  client_security_group_ids = { nodes = module.cluster.node_security_group_id }
  data_key_arn              = module.encryption.key_arns.data
  logs_key_arn              = module.encryption.key_arns.logs
  notifications_key_arn     = module.encryption.key_arns.notifications
  heartbeat_topic_name      = "evenkeel-${local.stage}-alerts"
  recipients                = var.recipients
  services                  = { for name, service in local.services : name => service.limits }
  cache_node_ids            = module.cache.node_ids

  load_balancer = {
    arn_suffix                = module.edge.load_balancer_arn_suffix
    target_group_arn_suffixes = module.edge.target_group_arn_suffixes
  }

  database = {
    instance_id          = module.database.instance_id
    read_replica_ids     = module.database.read_replica_ids
    connections_max      = 1350 # four fifths of what 16 GiB of memory allow
    free_storage_gib_min = 20

    is_replica_of_other_region = true
  }

  opensearch = {
    instance_type          = "r7g.large.search"
    administrator_role_arn = var.administrator_role_arn
    create_service_role    = false # the account has it
  }

  # The one in the cluster is enough.
  grafana = null
}

module "recovery" {
  source = "../../modules/recovery"

  stage            = local.stage
  vpc_id           = module.network.vpc_id
  isolated_subnets = zipmap(module.network.availability_zones, module.network.isolated_cidr_blocks)
  backup_key_arn   = module.encryption.key_arns.backup
  database_arn     = module.database.instance_arn
  alarm_topic_arn  = module.observability.alarm_topic_arn

  reader = {
    security_group_id = module.control-plane.readers_security_group_id
    cidr_blocks       = module.network.private_cidr_blocks
  }
}

module "control-plane" {
  source = "../../modules/control-plane"

  stage                     = local.stage
  vpc_id                    = module.network.vpc_id
  private_subnet_ids        = module.network.private_subnet_ids
  cluster_name              = module.cluster.cluster_name
  cluster_namespace         = "mcp-ui"
  cluster_security_group_id = module.cluster.node_security_group_id
  traffic_rules             = module.edge.traffic_rules
  probe_addresses           = module.edge.probe_addresses

  images_arrive_by_replication = true

  alarm_topic_arn       = module.observability.alarm_topic_arn
  data_key_arn          = module.encryption.key_arns.data
  evidence_key_arn      = module.encryption.key_arns.evidence
  notifications_key_arn = module.encryption.key_arns.notifications
  secrets_key_arn       = module.encryption.key_arns.secrets
  failover              = local.failover
  failover_network      = local.known.network

  databases = {
    (module.database.instance_id) = {
      arn               = module.database.instance_arn
      secret_arn        = module.database.secret_arn
      security_group_id = module.database.security_group_id
    }
  }

  exports = {
    bucket  = module.recovery.backup_bucket_name
    key_arn = module.encryption.key_arns.backup
  }

  restores = {
    subnet_group      = module.recovery.restore_subnet_group_name
    security_group_id = module.recovery.restore_security_group_id
    parameter_group   = module.database.parameter_group_name
  }
}

module "identity" {
  source = "../../modules/identity"

  stage                     = local.stage
  oidc_provider_arn         = module.cluster.oidc_provider_arn
  oidc_issuer               = module.cluster.oidc_issuer
  cluster_name              = module.cluster.cluster_name
  cluster_namespace         = "mcp-ui"
  cluster_access_group      = module.control-plane.cluster_access_group
  domain                    = var.domain
  hosted_zone_id            = var.hosted_zone_id
  secret_arns               = { database = module.database.secret_arn, cache = module.cache.secret_arn }
  target_group_arns         = module.edge.target_group_arns
  image_repository_arns     = module.control-plane.image_repository_arns
  backup_bucket_arn         = module.recovery.backup_bucket_arn
  prometheus_workspace_arn  = module.observability.prometheus_workspace_arn
  alert_topic_arn           = module.control-plane.alert_topic_arn
  permissions_boundary_arns = module.control-plane.permissions_boundary_arns
  secrets_key_arn           = module.encryption.key_arns.secrets
  backup_key_arn            = module.encryption.key_arns.backup
  notifications_key_arn     = module.encryption.key_arns.notifications

  github = {
    repository          = var.github_repository
    release_environment = "second-region"
    deploy_environment  = "second-region-control-plane"
    create_provider     = false # the account has it
  }
}

module "cost" {
  source = "../../modules/cost"

  stage              = local.stage
  monthly_budget_usd = 2500
  recipients         = var.cost_recipients
  alarm_topic_arn    = module.observability.alarm_topic_arn

  # Production looks for unusual costs in the whole account.
  anomaly_detection_enabled = false
}
