namespace ChatOps.Testing.Discord;

/// <summary>One entry of the fault tape: what happens to the next call of a route.</summary>
/// <param name="Route">Method and template: <c>POST channels/{}/messages</c>.</param>
public sealed record DiscordFault(string Route)
{
    /// <summary>Answer with this status instead of doing it.</summary>
    public int? Status { get; init; }

    /// <summary>With this body.</summary>
    public string Body { get; init; } = "";

    /// <summary>And these headers.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Do it, and cut the connection instead of answering.</summary>
    public bool CutAfter { get; init; }

    /// <summary>Cut the connection before doing it.</summary>
    public bool CutBefore { get; init; }

    /// <summary>Wait so long first.</summary>
    public TimeSpan Delay { get; init; }
}
