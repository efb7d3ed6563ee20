resource "ibm_cbr_zone" "office" {
  name       = "office"
  account_id = var.account
}

resource "ibm_cbr_rule" "prod" {
  description      = "kubectl"
  enforcement_mode = "enabled"

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
