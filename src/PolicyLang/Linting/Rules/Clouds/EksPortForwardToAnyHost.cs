using PolicyLang.Linting.Artefacts;

namespace PolicyLang.Linting.Rules.Clouds;

internal sealed class EksPortForwardToAnyHost : ArtefactRule
{
    public override RuleDescription Description { get; } = new("eks-port-forward-to-any-host", RuleSystem.Clouds, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a policy gives the session document that forwards to a host of the caller's choice",
        Why = "No condition limits the host and the port of a session. Whoever may use `AWS-StartPortForwardingSessionToRemoteHost` reaches whatever the node reaches: databases, other clusters, the metadata service.",
        Avoid = new("policy.json", """
            {
              "Version": "2012-10-17",
              "Statement": [
                {"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ec2:eu-west-1:111122223333:instance/*", "Condition": {"BoolIfExists": {"ssm:SessionDocumentAccessCheck": "true"}}},
                {"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ssm:eu-west-1::document/AWS-StartPortForwardingSessionToRemoteHost", "Condition": {"BoolIfExists": {"ssm:SessionDocumentAccessCheck": "true"}}}
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
        References = [new("AWS Systems Manager: session document permission check", "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-specify-session-document.html")],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        // Whoever has a shell on the node reaches all of that anyway.
        var withoutShell = artefacts.Sessions.GroupBy(statement => statement.Policy, ReferenceEqualityComparer.Instance)
            .Where(policy => !policy.SelectMany(statement => statement.Resources).Any(resource => resource.IsShell));
        foreach (var resource in withoutShell.SelectMany(policy => policy).SelectMany(statement => statement.Resources))
        {
            if (resource.Text.EndsWith("document/AWS-StartPortForwardingSessionToRemoteHost", StringComparison.Ordinal))
            {
                report.Add(resource.Location, "whoever may use this document reaches whatever the node reaches", "make a session document of your own with a fixed host and port");
            }
        }
    }
}
