using ChatOps.Diagnostics;

namespace ChatOps.Channels;

/// <summary>Something that a check of a channel's set-up found.</summary>
/// <param name="Id">Stable id: <c>slack.scope-missing</c>.</param>
/// <param name="State">Ok for a fact worth saying (who the bot is), Degraded when something will be missing, Failed when the channel cannot work.</param>
/// <param name="Text">What is so, for people; no secret.</param>
/// <param name="Remedy">What to do; empty when nothing.</param>
public sealed record ChannelFinding(string Id, PartState State, string Text, string Remedy);
