using System.Collections.Immutable;
using PolicyLang.Data;
using PolicyLang.Diagnostics;
using PolicyLang.Syntax;

namespace PolicyLang.Semantics;

/// <summary>Binds users, groups, machines and e-mails.</summary>
internal sealed class SubjectBinder(BindingContext context, IReadOnlyDictionary<string, AccessPath> paths)
{
    private const string EmailProvider = "email";
    private static readonly ImmutableArray<string> ReservedGroupPrefixes = ["system:", "policyc:", "eks:", "tag:"];

    private readonly Dictionary<string, Declaration> _declarations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Subject> _bound = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _nameByEmail = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Provider, PrincipalKind Kind, string Value), Subject> _identities = [];
    private readonly List<Declaration> _chain = [];

    /// <summary>The subjects, by name; e-mails are added as rules name them.</summary>
    public IReadOnlyDictionary<string, Subject> Subjects => _bound;

    public void Declare(StatementSyntax statement)
    {
        var (kind, name, body) = statement switch
        {
            UserSyntax user => (SubjectKind.User, user.Name, user.Body),
            GroupSyntax group => (SubjectKind.Group, group.Name, group.Body),
            MachineSyntax machine => (SubjectKind.Machine, machine.Name, machine.Body),
            _ => throw new ArgumentException("not a subject", nameof(statement)),
        };
        if (!context.CheckName(name)
            || context.ReportIfDuplicate(name.Text, name.Location, _declarations.GetValueOrDefault(name.Text)?.Name.Location, "subject"))
        {
            return;
        }

        _declarations.Add(name.Text, new Declaration(kind, name, body));
    }

    public void BindAll()
    {
        var schemas = new Dictionary<SubjectKind, SettingSchema>
        {
            [SubjectKind.User] = SchemaFor(SubjectKind.User),
            [SubjectKind.Group] = SchemaFor(SubjectKind.Group),
            [SubjectKind.Machine] = SchemaFor(SubjectKind.Machine),
        };
        foreach (var declaration in _declarations.Values)
        {
            var what = $"{KindWord(declaration.Kind)} `{declaration.Name.Text}`";
            declaration.Block = SettingReader.Read(declaration.Body, schemas[declaration.Kind], what, context.Diagnostics);
            RegisterEmail(declaration);
        }

        foreach (var declaration in _declarations.Values)
        {
            context.Cancellation.ThrowIfCancellationRequested();
            Bind(declaration);
        }
    }

    /// <summary>The subject that a rule names: a declared one, or a person by e-mail.</summary>
    public Subject? Resolve(WordSyntax word)
    {
        if (word.Text.Contains('@', StringComparison.Ordinal))
        {
            return ResolveEmail(new SettingText(word.Text, word.Location));
        }

        if (_bound.TryGetValue(word.Text, out var subject))
        {
            return subject;
        }

        if (!_declarations.ContainsKey(word.Text))
        {
            context.ReportUnknown(word, "user, group or machine", _declarations.Keys);
        }

        return null;
    }

    private static string KindWord(SubjectKind kind) => kind switch
    {
        SubjectKind.User => "user",
        SubjectKind.Group => "group",
        _ => "machine",
    };

    private SettingSchema SchemaFor(SubjectKind kind)
    {
        var settings = ImmutableArray.CreateBuilder<SettingDefinition>();
        if (kind == SubjectKind.Group)
        {
            settings.Add(new SettingDefinition("members", SettingKind.TextList, "the users, groups and e-mails that belong to the group"));
            settings.Add(new SettingDefinition("kubernetes", SettingKind.Text, "the Kubernetes group to use instead of a generated one"));
        }

        if (kind != SubjectKind.Machine)
        {
            foreach (var provider in context.Settings.IdentityProviders.Values)
            {
                if (provider.Name != EmailProvider || kind == SubjectKind.User)
                {
                    settings.Add(new SettingDefinition(provider.Name, SettingKind.TextList, $"the name that {provider.Name} has for it"));
                }
            }
        }

        foreach (var path in paths.Values)
        {
            if (settings.All(s => s.Name != path.Name))
            {
                settings.Add(new SettingDefinition(path.Name, SettingKind.TextList, $"the name that path {path.Name} itself has for it"));
            }
        }

        return new SettingSchema(settings.ToImmutable());
    }

    private void RegisterEmail(Declaration declaration)
    {
        if (declaration.Kind != SubjectKind.User)
        {
            return;
        }

        foreach (var email in declaration.Block.GetList(EmailProvider))
        {
            _nameByEmail.TryAdd(FoldEmail(email.Text), declaration.Name.Text);
        }
    }

    private Subject? Bind(Declaration declaration)
    {
        var name = declaration.Name.Text;
        if (_bound.TryGetValue(name, out var bound))
        {
            return bound;
        }

        if (_chain.Contains(declaration))
        {
            var cycle = _chain.SkipWhile(d => d != declaration).Append(declaration).Select(d => $"`{d.Name.Text}`");
            context.Report(SemanticDiagnostics.CyclicDeclaration, declaration.Name.Location, $"group `{name}` contains itself: {string.Join(" > ", cycle)}", "remove one of the memberships");
            return null;
        }

        _chain.Add(declaration);
        var subject = new Subject(declaration.Kind, name, declaration.Name.Location)
        {
            Identities = IdentitiesOf(declaration),
            Members = declaration.Block.Has("members") ? MembersOf(declaration) : null,
            KubernetesGroup = KubernetesGroupOf(declaration),
        };
        _chain.RemoveAt(_chain.Count - 1);
        _bound.TryAdd(name, subject);
        RegisterIdentities(subject);
        return subject;
    }

    private ImmutableDictionary<string, ImmutableArray<SettingText>> IdentitiesOf(Declaration declaration)
    {
        var identities = ImmutableDictionary.CreateBuilder<string, ImmutableArray<SettingText>>(StringComparer.Ordinal);
        foreach (var entry in declaration.Body.Entries)
        {
            if (entry.Key is "members" or "kubernetes" || identities.ContainsKey(entry.Key) || !declaration.Block.Has(entry.Key))
            {
                continue;
            }

            var values = declaration.Block.GetList(entry.Key);
            foreach (var location in values.IsEmpty ? [entry.Value.Location] : values.Where(v => string.IsNullOrWhiteSpace(v.Text)).Select(v => v.Location))
            {
                context.Report(SemanticDiagnostics.EmptyIdentity, location, $"`{entry.Key}` of {KindWord(declaration.Kind)} `{declaration.Name.Text}` is empty", "give the name, or remove the setting");
            }

            values = [.. values.Where(v => !string.IsNullOrWhiteSpace(v.Text))];
            if (entry.Key == EmailProvider)
            {
                foreach (var invalid in values.Where(v => !DeclaredNames.IsEmail(v.Text)))
                {
                    context.Report(SemanticDiagnostics.InvalidEmail, invalid.Location, $"`{invalid.Text}` is no e-mail", "write it as name@domain");
                }

                values = [.. values.Where(v => DeclaredNames.IsEmail(v.Text)).Select(v => v with { Text = FoldEmail(v.Text) })];
            }

            if (!values.IsEmpty)
            {
                identities.Add(entry.Key, values);
            }
        }

        return identities.ToImmutable();
    }

    private ImmutableArray<Subject> MembersOf(Declaration declaration)
    {
        var members = new Dictionary<string, Subject>(StringComparer.Ordinal);
        foreach (var text in declaration.Block.GetList("members"))
        {
            var member = ResolveMember(declaration, text);
            if (member is not null && !members.TryAdd(member.Name, member))
            {
                context.Report(SemanticDiagnostics.RepeatedName, text.Location, $"`{text.Text}` is a member of `{declaration.Name.Text}` twice", "remove one of the two");
            }
        }

        return [.. members.Values.OrderBy(m => m.Name, StringComparer.Ordinal)];
    }

    private Subject? ResolveMember(Declaration group, SettingText text)
    {
        if (text.Text.Contains('@', StringComparison.Ordinal))
        {
            return ResolveEmail(text);
        }

        if (!_declarations.TryGetValue(text.Text, out var declaration))
        {
            context.ReportUnknown(
                new WordSyntax(text.Text, false, text.Location),
                "user or group",
                _declarations.Values.Where(d => d.Kind != SubjectKind.Machine).Select(d => d.Name.Text),
                "a person without a `user` block is named by e-mail");
            return null;
        }

        if (declaration.Kind == SubjectKind.Machine)
        {
            context.Report(
                SemanticDiagnostics.WrongKind,
                text.Location,
                $"`{text.Text}` is a machine and cannot be a member of group `{group.Name.Text}`",
                "name the machine in the rules themselves",
                new RelatedLocation(declaration.Name.Location, "declared here"));
            return null;
        }

        return Bind(declaration);
    }

    private Subject? ResolveEmail(SettingText text)
    {
        if (!DeclaredNames.IsEmail(text.Text))
        {
            context.Report(SemanticDiagnostics.InvalidEmail, text.Location, $"`{text.Text}` is no e-mail", "write it as name@domain");
            return null;
        }

        var email = FoldEmail(text.Text);
        if (_nameByEmail.TryGetValue(email, out var name))
        {
            return Bind(_declarations[name]);
        }

        if (!_bound.TryGetValue(email, out var subject))
        {
            subject = new Subject(SubjectKind.User, email, text.Location)
            {
                Identities = ImmutableDictionary<string, ImmutableArray<SettingText>>.Empty.Add(EmailProvider, [text with { Text = email }]),
            };
            _bound.Add(email, subject);
        }

        return subject;
    }

    private SettingText? KubernetesGroupOf(Declaration declaration)
    {
        if (declaration.Block.FindText("kubernetes") is not { } text)
        {
            return null;
        }

        var reserved = ReservedGroupPrefixes.FirstOrDefault(prefix => text.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        if (reserved is not null || text.Text.Length == 0 || text.Text.Any(char.IsControl))
        {
            context.Report(
                SemanticDiagnostics.ReservedKubernetesName,
                text.Location,
                reserved is null ? "a Kubernetes group needs a name without control characters" : $"the Kubernetes group `{text.Text}` starts with `{reserved}`, which other software gives a meaning to",
                reserved == "system:" ? "bind a group of your own to the ClusterRole instead: `role admin = clusterrole \"cluster-admin\"`" : "choose another name");
            return null;
        }

        return text;
    }

    private void RegisterIdentities(Subject subject)
    {
        var kind = subject.Kind switch
        {
            SubjectKind.User => PrincipalKind.Person,
            SubjectKind.Group => PrincipalKind.Group,
            _ => PrincipalKind.Machine,
        };
        foreach (var (provider, values) in subject.Identities.OrderBy(i => i.Key, StringComparer.Ordinal))
        {
            foreach (var value in values)
            {
                Register(provider, kind, value);
            }
        }

        if (subject.KubernetesGroup is { } group)
        {
            Register("kubernetes", PrincipalKind.Group, group);
        }

        void Register(string provider, PrincipalKind principalKind, SettingText value)
        {
            // GitHub compares logins and organisations without case, and so does everybody who reads them.
            var key = (provider, principalKind, value.Text.ToLowerInvariant());
            if (_identities.TryAdd(key, subject))
            {
                return;
            }

            var other = _identities[key];
            if (other == subject)
            {
                context.Report(SemanticDiagnostics.RepeatedName, value.Location, $"`{subject.Name}` gives `{value.Text}` twice for `{provider}`", "remove one of the two");
                return;
            }

            var otherPlace = provider == "kubernetes" ? other.KubernetesGroup?.Location : other.Identities[provider].FirstOrDefault(v => string.Equals(v.Text, value.Text, StringComparison.OrdinalIgnoreCase))?.Location;
            context.Report(
                SemanticDiagnostics.DuplicateIdentity,
                value.Location,
                $"`{subject.Name}` and `{other.Name}` are both `{value.Text}` for `{provider}`",
                "whoever is one is the other too: keep one subject, or give them different identities",
                new RelatedLocation(otherPlace ?? other.Location, $"`{other.Name}` says so here"));
        }
    }

    private static string FoldEmail(string email) => email.ToLowerInvariant();

    private sealed class Declaration(SubjectKind kind, WordSyntax name, DataMap body)
    {
        public SubjectKind Kind { get; } = kind;

        public WordSyntax Name { get; } = name;

        public DataMap Body { get; } = body;

        public SettingBlock Block { get; set; } = SettingBlock.Empty;
    }
}
