using PolicyLang.Reading;

namespace PolicyLang.Targets.Teleport.Reading;

/// <summary>All the resources that a set of files declares.</summary>
internal sealed class TeleportResources(TeleportRules rules)
{
    private readonly Dictionary<string, RoleModel> _roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RoleModel> _rolesOfTerraform = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _connectors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _bots = new(StringComparer.Ordinal);
    private string? _namespace;

    public TeleportRules Rules => rules;

    public ReadingNotes Notes { get; } = new();

    public IReadOnlyCollection<RoleModel> Roles => _roles.Values;

    public List<ConnectorModel> Connectors { get; } = [];

    public List<BotModel> Bots { get; } = [];

    /// <summary>The kinds and names of what was read so far.</summary>
    public HashSet<(string Kind, string Name)> Held()
        => [.. _roles.Keys.Select(name => ("role", name)), .. _connectors.Keys.Select(name => ("github", name)), .. _bots.Select(name => ("bot", name))];

    public void Add(RoleModel role)
    {
        if (role.TerraformLabel is { } label)
        {
            _rolesOfTerraform[label] = role;
        }

        if (!_roles.TryAdd(role.Name, role))
        {
            Notes.Add(new ReadingProblem(ReadingProblemKind.NotModelled, $"role `{role.Name}` stands in {_roles[role.Name].Place} too, and which of them comes last is not known", role.Place));
            _roles[role.Name] = _roles[role.Name] with { IsUndecided = true };
        }
    }

    public void Add(ConnectorModel connector)
    {
        if (!_connectors.TryAdd(connector.Name, 0))
        {
            Notes.AddAnything(new ReadingProblem(ReadingProblemKind.NotModelled, $"connector `{connector.Name}` stands here a second time", connector.Place));
        }

        if (Connectors.Count > 0 && Connectors[0].Endpoint != connector.Endpoint)
        {
            Notes.AddAnything(new ReadingProblem(ReadingProblemKind.NotModelled, "two connectors ask two different GitHubs, whose teams cannot be told apart", connector.Place));
        }

        Connectors.Add(connector);
    }

    public void Add(BotModel bot)
    {
        if (!_bots.Add(bot.Name))
        {
            Notes.AddAnything(new ReadingProblem(ReadingProblemKind.NotModelled, $"bot `{bot.Name}` stands here a second time", bot.Place));
        }

        Bots.Add(bot);
    }

    /// <summary>The operator heeds one namespace.</summary>
    public void AddNamespace(string name, ArtefactPlace place)
    {
        _namespace ??= name;
        if (_namespace != name)
        {
            Notes.AddAnything(new ReadingProblem(ReadingProblemKind.NotModelled, $"custom resources stand in the namespaces `{_namespace}` and `{name}`, and the operator heeds one", place));
        }
    }

    /// <summary>The role that a reference names, where the files hold it.</summary>
    public RoleModel? Find(RoleReference reference)
    {
        if (!reference.IsTerraformLabel)
        {
            return _roles.GetValueOrDefault(reference.Name);
        }

        // The role may have been found twice under its own name, which makes both undecided.
        return _rolesOfTerraform.TryGetValue(reference.Name, out var role) ? _roles.GetValueOrDefault(role.Name) : null;
    }
}
