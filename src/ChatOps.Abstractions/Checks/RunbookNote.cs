namespace ChatOps.Checks;

/// <summary>A note of workspace/runbooks: what to do about findings that it matches.</summary>
/// <param name="Name">The file's name without <c>.md</c>.</param>
/// <param name="Title">For people.</param>
/// <param name="Match">Patterns of check names, kinds or levels: <c>disk-*</c>, <c>kind:disk</c>, <c>level:critical</c>; all of one entry must fit.</param>
/// <param name="Risk">The riskiest step that it may hold: <c>read</c>, <c>change</c> or <c>dangerous</c>.</param>
/// <param name="Ceiling">How far its file lets it go.</param>
/// <param name="Steps">Its steps; empty when it is prose alone.</param>
/// <param name="Text">The prose.</param>
/// <param name="File">Where it is written.</param>
public sealed record RunbookNote(
    string Name,
    string Title,
    IReadOnlyList<string> Match,
    string Risk,
    RunbookTrust Ceiling,
    IReadOnlyList<RunbookStep> Steps,
    string Text,
    string File)
{
    /// <summary>Where it stands now: never above <see cref="Ceiling"/>.</summary>
    public RunbookTrust Trust { get; init; }

    /// <summary>How often its steps ended well and not, and why it stands where it stands.</summary>
    public RunbookRecord? Record { get; init; }
}
