namespace ChatOps.Channels.Discord;

/// <summary>A request.</summary>
/// <param name="Route">Where to.</param>
/// <param name="Body">The JSON body; null for none.</param>
internal sealed record RestRequest(RestRoute Route, object? Body = null)
{
    /// <summary>Files that go with it.</summary>
    public IReadOnlyList<Upload> Files { get; init; } = [];

    /// <summary>A state that passes: it leaves the last call of a bucket to what matters.</summary>
    public bool Passing { get; init; }

    /// <summary>How long it may wait for its turn and for the answer; null for the client's own limits.</summary>
    public TimeSpan? Deadline { get; init; }
}
