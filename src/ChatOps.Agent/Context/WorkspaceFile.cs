namespace ChatOps.Agent.Context;

/// <summary>A file of the workspace that a model is told whole, before every step.</summary>
/// <param name="Name">Its name in the workspace.</param>
/// <param name="Heading">How it is introduced.</param>
/// <param name="MaxCharacters">Its budget.</param>
internal sealed record WorkspaceFile(string Name, string Heading, int MaxCharacters)
{
    /// <summary>The files, in the order in which they are told.</summary>
    public static readonly IReadOnlyList<WorkspaceFile> All =
    [
        new("AGENT.md", "How the operator wants work to be done here (AGENT.md)", 12_000),
        new("SOUL.md", "How you speak (SOUL.md)", 4_000),
        new("USER.md", "The people and the systems here (USER.md)", 6_000),
    ];
}
