namespace ChatOps.Channels;

/// <summary>A value that a channel's set-up asks for.</summary>
/// <param name="Key">Its configuration key below the channel's section: <c>BotToken</c>.</param>
/// <param name="Prompt">The question, with where to find the answer.</param>
/// <param name="Secret">Whether it is hidden while typed and kept as a file that its owner alone can read.</param>
/// <param name="Required">Whether the channel works without it.</param>
public sealed record ChannelSetupField(string Key, string Prompt, bool Secret, bool Required)
{
    /// <summary>Why a typed value cannot be right (its form), or null. Never quotes a secret.</summary>
    public Func<string, string?> Problem { get; init; } = static _ => null;
}
