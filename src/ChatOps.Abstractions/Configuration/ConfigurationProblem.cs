namespace ChatOps.Configuration;

/// <summary>One thing that is wrong in a file that an operator writes.</summary>
/// <param name="File">The file, or <c>environment</c>.</param>
/// <param name="Line">1-based; 0 when the source has no lines.</param>
/// <param name="Key">The key's path, such as <c>Approvals:Expiry</c> or <c>people[2].roles</c>.</param>
/// <param name="Reason">What is wrong and what would be right, for people.</param>
/// <param name="Nearest">The nearest known name, when the key or value looks like a slip.</param>
public sealed record ConfigurationProblem(string File, int Line, string Key, string Reason, string? Nearest = null)
{
    /// <summary><c>file:line: key: reason (did you mean 'x'?)</c></summary>
    public override string ToString() =>
        (Line > 0 ? $"{File}:{Line}" : File) + $": {Key}: {Reason}" + (Nearest is null ? "" : $" (did you mean '{Nearest}'?)");
}
