# The services of config/catalog.yml: how they are reached, and what they may do before people are woken.
locals {
  services = {
    mcp-manager = {
      edge   = { host = "api", priority = 10, port = 8080, health_path = "/health" }
      limits = { error_ratio = 0.05, latency_p95_ms = 500 }
    }
    mcp-frontend = {
      edge   = { host = "", priority = 20, port = 8443, protocol = "HTTPS", health_path = "/healthz" }
      limits = { error_ratio = 0.05, latency_p95_ms = 500 }
    }
  }
}
