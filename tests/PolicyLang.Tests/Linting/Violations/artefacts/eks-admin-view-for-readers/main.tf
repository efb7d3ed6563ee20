resource "aws_eks_access_policy_association" "readonly" {
  cluster_name  = "prod"
  principal_arn = "arn:aws:iam::111122223333:role/platform"
  policy_arn    = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminViewPolicy"

  access_scope {
    type = "cluster"
  }
}
