namespace ChatOps.Identity;

/// <summary>A written rule, and where it is written.</summary>
/// <param name="Text">The rule in words: <c>role operator allows run on env=prod</c>.</param>
/// <param name="File">The file; <c>built-in</c> for the built-in roles.</param>
/// <param name="Line">1-based; 0 for built-in.</param>
public sealed record AccessRule(string Text, string File, int Line)
{
    /// <summary>The rule with its place.</summary>
    public override string ToString() => Line > 0 ? $"{Text} ({File}:{Line})" : $"{Text} ({File})";
}
