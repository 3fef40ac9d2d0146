namespace ChatOps.EndToEnd.Laws;

/// <summary>What must hold after any run, however it went.</summary>
/// <param name="Name">Its number among the invariants of docs/acceptance/failure-modes.md and its name.</param>
/// <param name="Violations">What speaks against it; a line for each.</param>
internal sealed record Law(string Name, Func<Evidence, IEnumerable<string>> Violations)
{
    public override string ToString() => Name;
}
