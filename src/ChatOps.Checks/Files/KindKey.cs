namespace ChatOps.Checks.Files;

/// <summary>A key of a kind.</summary>
/// <param name="Name">The key.</param>
/// <param name="Form">What it takes.</param>
/// <param name="Description">For people.</param>
internal sealed record KindKey(string Name, KeyForm Form, string Description)
{
    /// <summary>Whether it must be there.</summary>
    public bool Needed { get; init; }
}
