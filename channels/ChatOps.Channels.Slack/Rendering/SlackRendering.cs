using ChatOps.Channels.Slack.Client;

namespace ChatOps.Channels.Slack.Rendering;

/// <summary>A rich message as Slack's messages and files.</summary>
/// <param name="Pages">The messages, in order; at least one.</param>
/// <param name="Files">The files after them.</param>
internal sealed record SlackRendering(IReadOnlyList<SlackMessage> Pages, IReadOnlyList<SlackAttachment> Files);
