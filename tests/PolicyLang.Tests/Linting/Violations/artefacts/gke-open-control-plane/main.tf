resource "google_container_cluster" "prod" {
  name     = "prod"
  location = "europe-west1"
}
