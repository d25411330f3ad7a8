output "budget_names" {
  description = "The budgets."
  value       = [for budget in aws_budgets_budget.this : budget.name]
}

output "required_tags" {
  description = "Tags that every resource must have."
  value       = var.required_tags
}
