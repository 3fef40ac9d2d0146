namespace ChatOps.Channels;

/// <summary>What a channel can do.</summary>
/// <param name="Buttons">Action buttons.</param>
/// <param name="Edits">Editing sent messages.</param>
/// <param name="Threads">Threads.</param>
/// <param name="MaxTextLength">Longest text of one message in the platform's own counting.</param>
public sealed record ChannelCapabilities(bool Buttons, bool Edits, bool Threads, int MaxTextLength);
