namespace PolicyLang.Proof;

/// <summary>Gathers the differences of one cluster.</summary>
/// <param name="findsAll">Whether every difference is wanted; otherwise one for each world, and only so many that people would read them.</param>
internal sealed class DifferenceLog(bool findsAll)
{
    // One mistake shows in many worlds.
    private const int MostToRead = 20;

    private readonly List<ProofDifference> _differences = [];

    public bool FindsAll { get; } = findsAll;

    public int Count => _differences.Count;

    public bool IsFull => !FindsAll && _differences.Count >= MostToRead;

    public IReadOnlyList<ProofDifference> All => _differences;

    public void Add(ProofDifference difference) => _differences.Add(difference);

    public void AddRange(IEnumerable<ProofDifference> differences) => _differences.AddRange(differences);
}
