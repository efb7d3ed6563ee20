resource "google_project_iam_member" "team" {
  project = "acme-prod"
  role    = "roles/container.developer"
  member  = "group:team@example.com"
}
