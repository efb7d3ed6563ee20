resource "ibm_cbr_rule" "prod" {
  description      = "kubectl"
  enforcement_mode = "disabled"

  contexts {
    attributes {
      name  = "networkZoneId"
      value = ibm_cbr_zone.office.id
    }
  }

  resources {
    attributes {
      name  = "serviceName"
      value = "containers-kubernetes"
    }
  }
}
