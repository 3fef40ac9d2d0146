namespace ChatOps.Bus;

/// <summary>The platform ids of the messages sent last, so that showing progress costs no look into the store.</summary>
internal sealed class SentMessages
{
    /// <summary>How many are remembered; of an older message the store is asked.</summary>
    public const int Capacity = 4096;

    private readonly Recent<string> platformIds = new(Capacity);

    /// <summary>The platform's id of a message, or null.</summary>
    public string? PlatformId(string messageId) => platformIds.TryGet(messageId, out var platformId) ? platformId : null;

    /// <summary>Remembers one.</summary>
    public void Note(string messageId, string platformId) => platformIds.Note(messageId, platformId);
}
