resource "ibm_cbr_rule" "prod" {
  description      = "kubectl"
  enforcement_mode = "enabled"

  contexts {
    attributes {
      name  = "endpointType"
      value = "public"
    }
  }

  resources {
    attributes {
      name  = "serviceName"
      value = "containers-kubernetes"
    }
  }
}
