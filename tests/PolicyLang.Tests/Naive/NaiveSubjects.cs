using PolicyLang.Data;
using PolicyLang.Syntax;

namespace PolicyLang.Tests.Naive;

/// <summary>Whom a name stands for.</summary>
internal sealed class NaiveSubjects(StatementSyntax[] statements)
{
    /// <summary>A subject and everybody in it, at any depth. An e-mail is the user who has it, or a person of its own.</summary>
    public IEnumerable<string> InAndBelow(string name)
    {
        var found = new List<string>();
        Add(name);
        return found;

        void Add(string word)
        {
            var subject = word.Contains('@', StringComparison.Ordinal) ? UserWith(word) ?? word.ToLowerInvariant() : word;
            if (found.Contains(subject))
            {
                return;
            }

            found.Add(subject);
            foreach (var group in statements.OfType<GroupSyntax>().Where(group => group.Name.Text == subject))
            {
                foreach (var member in Texts(group.Body.Find("members")?.Value))
                {
                    Add(member);
                }
            }
        }
    }

    private string? UserWith(string email)
        => statements.OfType<UserSyntax>().FirstOrDefault(user => Texts(user.Body.Find("email")?.Value).Any(text => string.Equals(text, email, StringComparison.OrdinalIgnoreCase)))?.Name.Text;

    private static IEnumerable<string> Texts(DataNode? node) => node switch
    {
        DataScalar scalar => [scalar.Text],
        DataList list => list.Items.SelectMany(Texts),
        _ => [],
    };
}
