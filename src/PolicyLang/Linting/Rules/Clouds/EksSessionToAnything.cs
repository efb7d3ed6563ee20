using PolicyLang.Linting.Artefacts;

namespace PolicyLang.Linting.Rules.Clouds;

internal sealed class EksSessionToAnything : ArtefactRule
{
    public override RuleDescription Description { get; } = new("eks-session-to-anything", RuleSystem.Clouds, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a policy lets sessions start on every node with every document",
        Why = "`ssm:StartSession` on `*` gives a shell on every machine that Systems Manager manages, and on nodes of a cluster with it the tokens of every pod.",
        Avoid = new("policy.json", """
            {
              "Version": "2012-10-17",
              "Statement": [
                {"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "*"}
              ]
            }
            """),
        Prefer = new("policy.json", """
            {
              "Version": "2012-10-17",
              "Statement": [
                {"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ec2:eu-west-1:111122223333:instance/*", "Condition": {"BoolIfExists": {"ssm:SessionDocumentAccessCheck": "true"}}},
                {"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ssm:eu-west-1:111122223333:document/prod-apiserver", "Condition": {"BoolIfExists": {"ssm:SessionDocumentAccessCheck": "true"}}}
              ]
            }
            """),
        References = [new("AWS Systems Manager: sample IAM policies for Session Manager", "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-examples.html")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var statement in artefacts.Sessions.Where(statement => statement.Conditions.IsEmpty))
        {
            if (statement.Resources.FirstOrDefault(resource => resource.Text == "*") is { } all)
            {
                report.Add(all.Location, "this gives a shell on every machine that Systems Manager manages", "name the machines and the session document");
            }
        }
    }
}
