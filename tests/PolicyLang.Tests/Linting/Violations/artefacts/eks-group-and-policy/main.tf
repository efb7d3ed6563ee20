resource "aws_eks_access_entry" "platform" {
  cluster_name      = "prod"
  principal_arn     = "arn:aws:iam::111122223333:role/platform"
  kubernetes_groups = ["acme:viewers"]
}

resource "aws_eks_access_policy_association" "platform" {
  cluster_name  = "prod"
  principal_arn = "arn:aws:iam::111122223333:role/platform"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy"

  access_scope {
    type = "cluster"
  }
}
