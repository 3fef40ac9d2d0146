namespace ChatOps.Storage;

/// <summary>Where a message of ours stands and whom it is for.</summary>
/// <param name="PlatformId">The platform's id, or of the parts that did arrive; null before.</param>
/// <param name="InboxId">What it answers, if anything.</param>
/// <param name="Anchor">That message's id on the platform.</param>
/// <param name="PrivateTo">Only this person may see it; null for everybody.</param>
public sealed record MessageAddress(string? PlatformId, string? InboxId, string? Anchor, string? PrivateTo)
{
    /// <summary>The span of that message's acceptance; null where nobody traced.</summary>
    public string? Trace { get; init; }

    /// <summary>The title of the thread that its sending opens; null for none.</summary>
    public string? ThreadTitle { get; init; }
}
