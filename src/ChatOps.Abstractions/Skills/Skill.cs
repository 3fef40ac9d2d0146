namespace ChatOps.Skills;

/// <summary>A skill in the open Agent Skills format: know-how as text, in a directory with a <c>SKILL.md</c>. It grants no permission.</summary>
/// <param name="Name">Its directory's name: 1 to 64 of <c>a-z 0-9 -</c>.</param>
/// <param name="Description">What it does and when to use it; 1 to 1024 characters.</param>
/// <param name="Directory">Where it is.</param>
/// <param name="Hash">SHA-256 over all its files, lower-case hexadecimal.</param>
/// <param name="Files">All its files, relative, sorted.</param>
public sealed record Skill(string Name, string Description, string Directory, string Hash, IReadOnlyList<string> Files)
{
    /// <summary>Its licence; null when it does not say.</summary>
    public string? License { get; init; }

    /// <summary>What it needs; null when it does not say.</summary>
    public string? Compatibility { get; init; }

    /// <summary>Its own facts.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The tools that it speaks of. Naming one grants nothing.</summary>
    public IReadOnlyList<string> AllowedTools { get; init; } = [];
}
