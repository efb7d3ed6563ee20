using System.Buffers;
using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Linting.Artefacts.Terraform;

namespace PolicyLang.Linting.Artefacts.Clouds;

/// <summary>A resource that a statement names.</summary>
/// <param name="Text">It as written; an expression of Terraform stays one.</param>
/// <param name="Location">Where it stands.</param>
internal sealed record IamResource(string Text, SourceLocation Location)
{
    private static readonly ImmutableArray<string> ShellDocuments = ["SSM-SessionManagerRunShell", "AWS-StartSSHSession", "AWS-StartInteractiveCommand"];

    /// <summary>Whether it is a session document.</summary>
    public bool IsDocument => Text.Contains(":document/", StringComparison.Ordinal) || Text.Contains("aws_ssm_document.", StringComparison.Ordinal);

    /// <summary>Whether it gives a shell on the node: by a document that starts one, or by any document.</summary>
    public bool IsShell => Text == "*" || (IsDocument && (Text.EndsWith('*') || ShellDocuments.Any(name => Text.Contains(name, StringComparison.Ordinal))));
}

/// <summary>A statement of an AWS IAM policy that lets somebody start sessions of Systems Manager.</summary>
/// <param name="Action">The action.</param>
/// <param name="Resources">What it is for.</param>
/// <param name="Conditions">The keys of its conditions.</param>
/// <param name="Policy">The policy that it is of: statements of one policy have the same.</param>
internal sealed record SessionStatement(SourceLocation Action, ImmutableArray<IamResource> Resources, ImmutableArray<string> Conditions, DataNode Policy)
{
    /// <summary>The key that makes the document count.</summary>
    public const string DocumentCheck = "ssm:SessionDocumentAccessCheck";

    /// <summary>Whether it demands that the caller may use the document.</summary>
    public bool ChecksDocument => Conditions.Any(key => key.Equals(DocumentCheck, StringComparison.OrdinalIgnoreCase));
}

/// <summary>
/// The statements that let somebody start sessions: in policies as JSON, in Terraform's <c>aws_iam_policy_document</c> and <c>jsonencode</c>, and
/// in texts that hold JSON (AWS IAM user guide, "IAM JSON policy elements").
/// </summary>
internal static class IamStatements
{
    private const string StartSession = "ssm:StartSession";
    private static readonly SearchValues<string> Marks = SearchValues.Create(["StartSession"], StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the statements of files.</summary>
    public static ImmutableArray<SessionStatement> Read(ImmutableArray<ArtefactFile> files)
    {
        var found = ImmutableArray.CreateBuilder<SessionStatement>();

        // Policies without the action are not looked at, and most files hold none.
        foreach (var file in files.Where(file => file.Source.Text.AsSpan().ContainsAny(Marks)))
        {
            var rest = new Stack<DataNode>(file.Documents.Reverse());
            while (rest.TryPop(out var node))
            {
                Visit(node, rest, found);
            }
        }

        return found.ToImmutable();
    }

    private static void Visit(DataNode node, Stack<DataNode> rest, ImmutableArray<SessionStatement>.Builder found)
    {
        switch (node)
        {
            case DataMap map:
                foreach (var statement in map.Blocks("Statement"))
                {
                    Add(found, statement.Text("Effect"), statement.Get("Action"), statement.Get("Resource"), ConditionsOf(statement), map);
                }

                foreach (var statement in map.Blocks("statement"))
                {
                    Add(found, statement.Text("effect") ?? "Allow", statement.Get("actions"), statement.Get("resources"), [.. statement.Blocks("condition").Select(condition => condition.Text("variable")).OfType<string>()], map);
                }

                for (var i = map.Entries.Length - 1; i >= 0; i--)
                {
                    rest.Push(map.Entries[i].Value);
                }

                break;
            case DataList list:
                for (var i = list.Items.Length - 1; i >= 0; i--)
                {
                    rest.Push(list.Items[i]);
                }

                break;
            case DataScalar { IsQuoted: true } or DataExpression:
                var text = node is DataScalar scalar ? scalar.Text : ((DataExpression)node).Text;
                if (text.Contains("\"Statement", StringComparison.Ordinal) && TerraformResources.IsTerraform(node.Location.Source.Path)
                    && TerraformTextReader.Read(node, static _ => 0) is { } within && ForeignJson.ReadWithin(within) is { } policy)
                {
                    rest.Push(policy);
                }

                break;
        }
    }

    private static ImmutableArray<string> ConditionsOf(DataMap statement)
        => [.. statement.Blocks("Condition").SelectMany(condition => condition.Entries).SelectMany(test => TerraformData.Blocks(test.Value)).SelectMany(keys => keys.Entries).Select(key => key.Key)];

    private static void Add(ImmutableArray<SessionStatement>.Builder found, string? effect, DataNode? actions, DataNode? resources, ImmutableArray<string> conditions, DataNode policy)
    {
        var action = Items(actions).OfType<DataScalar>().FirstOrDefault(item => item.Text.Equals(StartSession, StringComparison.OrdinalIgnoreCase));
        if (effect == "Allow" && action is not null && resources is not null)
        {
            found.Add(new SessionStatement(action.Location, [.. Items(resources).Select(ToResource).OfType<IamResource>()], conditions, policy));
        }
    }

    private static ImmutableArray<DataNode> Items(DataNode? node) => node switch { null => [], DataList list => list.Items, _ => [node] };

    private static IamResource? ToResource(DataNode node) => node switch
    {
        DataScalar scalar => new IamResource(scalar.Text, scalar.Location),
        DataExpression expression => new IamResource(expression.Text, expression.Location),
        _ => null,
    };
}
