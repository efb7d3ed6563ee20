namespace PolicyLang.Tests.Proof.Mutations;

/// <summary>What the proof must say of an edit.</summary>
internal abstract record Expectation
{
    /// <summary>The edit changes no access, so that the proof must hold.</summary>
    public static Expectation Nothing { get; } = new NothingExpected();

    /// <summary>Somebody would have a right that no rule gives.</summary>
    public static Expectation Gains(string who, string cluster, string right) => new WorldExpected(true, who, cluster, right);

    /// <summary>Somebody would not have a right that a rule gives.</summary>
    public static Expectation Loses(string who, string cluster, string right) => new WorldExpected(false, who, cluster, right);

    /// <summary>The proof must report something that is no difference of access.</summary>
    public static Expectation Finding(string code, string message) => new FindingExpected(code, message);

    /// <summary>The proof does not see the edit yet, for a reason. Whoever teaches it to sees this row fail.</summary>
    public static Expectation Unseen(string reason) => new UnseenExpected(reason);

    /// <summary>Whether the proof should see the edit and does not yet.</summary>
    public bool IsUnseen => this is UnseenExpected;

    /// <summary>Whether an outcome is as expected.</summary>
    public abstract bool IsMetBy(ProofOutcome outcome);

    private sealed record NothingExpected : Expectation
    {
        public override bool IsMetBy(ProofOutcome outcome) => outcome.IsProved;

        public override string ToString() => "nothing: no access changes";
    }

    private sealed record UnseenExpected(string Reason) : Expectation
    {
        public override bool IsMetBy(ProofOutcome outcome) => outcome.IsProved;

        public override string ToString() => $"**not seen**: {Reason}";
    }

    private sealed record WorldExpected(bool IsGiven, string Who, string Cluster, string Right) : Expectation
    {
        public override bool IsMetBy(ProofOutcome outcome)
            => outcome.Differences.Any(d => d.IsGiven == IsGiven && d.Who == Who && d.Cluster.Name == Cluster && d.Right.StartsWith(Right, StringComparison.Ordinal));

        public override string ToString() => $"{Who} {(IsGiven ? "gains" : "loses")} {Right} on `{Cluster}`";
    }

    private sealed record FindingExpected(string Code, string Message) : Expectation
    {
        public override bool IsMetBy(ProofOutcome outcome) => outcome.Findings.Any(f => f.Code == Code && f.Message.Contains(Message, StringComparison.Ordinal));

        public override string ToString() => $"`{Code}`: {Message}";
    }
}
