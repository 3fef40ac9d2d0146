namespace ChatOps.Host;

/// <summary>One thing that can be configured: its name, its form, and how it is put into the options. The schema, the errors and <c>config explain</c> come from it.</summary>
/// <param name="Key">Path with colons: <c>Approvals:Expiry</c>.</param>
/// <param name="Kind">Form of the value.</param>
/// <param name="Description">What it does, with unit and range, for people.</param>
/// <param name="Apply">Puts a value (for a map: name and value) into the options; answers what is wrong with it, or null.</param>
/// <param name="Read">The value in the options as it would be written; null when not set.</param>
internal sealed record Setting(
    string Key, SettingKind Kind, string Description, Func<ChatOpsOptions, string, string, string?> Apply, Func<ChatOpsOptions, string?> Read)
{
    /// <summary>The value as it was written, a secret's too: only for who uses it, never to be shown.</summary>
    public Func<ChatOpsOptions, string?> Written { get; init; } = Read;

    /// <summary>The words of a <see cref="SettingKind.Choice"/>.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Words that a later version will know; named in the refusal.</summary>
    public IReadOnlyList<string> LaterChoices { get; init; } = [];

    /// <summary>Smallest number.</summary>
    public long? Minimum { get; init; }

    /// <summary>Largest number.</summary>
    public long? Maximum { get; init; }
}
