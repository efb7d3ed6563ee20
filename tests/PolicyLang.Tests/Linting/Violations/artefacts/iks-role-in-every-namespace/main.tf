resource "ibm_iam_access_group_policy" "team" {
  access_group_id = ibm_iam_access_group.team.id
  roles           = ["Manager"]

  resource_attributes {
    name  = "serviceName"
    value = "containers-kubernetes"
  }
}
