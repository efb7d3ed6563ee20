using PolicyLang.Linting.Artefacts;
using PolicyLang.Linting.Artefacts.Clouds;

namespace PolicyLang.Linting.Rules.Clouds;

internal sealed class EksSessionDocumentUnchecked : ArtefactRule
{
    public override RuleDescription Description { get; } = new("eks-session-document-unchecked", RuleSystem.Clouds, RuleCategory.Exposure, LintLevel.Warning)
    {
        What = "a policy that is for one session document also gives the default one, which is a shell",
        Why = "Without the condition `ssm:SessionDocumentAccessCheck` a session that names no document is not asked for one, and starts a shell on the node. A shell on a node holds the tokens of every pod on it.",
        Avoid = new("policy.json", """
            {
              "Version": "2012-10-17",
              "Statement": [
                {"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ec2:eu-west-1:111122223333:instance/*"},
                {"Effect": "Allow", "Action": "ssm:StartSession", "Resource": "arn:aws:ssm:eu-west-1:111122223333:document/prod-apiserver", "Condition": {"BoolIfExists": {"ssm:SessionDocumentAccessCheck": "true"}}}
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
        References =
        [
            new("AWS Systems Manager: session document permission check", "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-specify-session-document.html"),
            new("AWS Systems Manager: sample IAM policies for Session Manager", "https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-examples.html"),
        ],
    };

    public override void Check(LintedArtefacts artefacts, LintReport report)
    {
        foreach (var policy in artefacts.Sessions.GroupBy(statement => statement.Policy, ReferenceEqualityComparer.Instance))
        {
            // A policy that names no document, or one that is a shell, or any, means to give a shell.
            var resources = policy.SelectMany(statement => statement.Resources).ToArray();
            if (!Array.Exists(resources, resource => resource.IsDocument) || Array.Exists(resources, resource => resource.IsShell))
            {
                continue;
            }

            foreach (var statement in policy.Where(statement => !statement.ChecksDocument))
            {
                if (statement.Resources.FirstOrDefault(IsNode) is { } node)
                {
                    report.Add(node.Location, "this also starts the default session, which is a shell on the node", $"add the condition `\"BoolIfExists\": {{\"{SessionStatement.DocumentCheck}\": \"true\"}}` to every statement that allows `ssm:StartSession`");
                }
            }
        }
    }

    private static bool IsNode(IamResource resource) => resource.Text.Contains(":instance/", StringComparison.Ordinal) || resource.Text.Contains(":managed-instance/", StringComparison.Ordinal);
}
