namespace ChatOps.Checks.Runbooks;

/// <summary>The keys of a note's front matter, in the order of the documentation.</summary>
internal static class RunbookKeys
{
    /// <summary>Keys at the top.</summary>
    public static readonly IReadOnlyList<string> Top = ["match", "risk", "trust", "owner"];

    /// <summary>Keys of <c>match</c>.</summary>
    public static readonly IReadOnlyList<string> Match = ["checks", "kinds", "levels", "nodes", "words"];

    /// <summary>Words of <c>risk</c>.</summary>
    public static readonly IReadOnlyList<string> Risks = ["read", "change", "dangerous"];

    /// <summary>Words of <c>trust</c>.</summary>
    public static readonly IReadOnlyList<string> Trusts = ["observe", "suggest", "approve", "auto"];

    /// <summary>Words of <c>levels</c>: what is looked into.</summary>
    public static readonly IReadOnlyList<string> Levels = ["warning", "critical"];
}
