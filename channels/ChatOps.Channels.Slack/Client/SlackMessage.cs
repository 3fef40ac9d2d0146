using System.Text.Json.Nodes;

namespace ChatOps.Channels.Slack.Client;

/// <summary>The content of one message on Slack.</summary>
/// <param name="Text">What notifications and screen readers show, escaped.</param>
/// <param name="Blocks">The blocks.</param>
internal sealed record SlackMessage(string Text, JsonArray Blocks);
