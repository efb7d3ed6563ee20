resource "ibm_container_vpc_cluster" "prod" {
  name   = "prod"
  vpc_id = ibm_is_vpc.prod.id
  flavor = "bx2.4x16"
}
