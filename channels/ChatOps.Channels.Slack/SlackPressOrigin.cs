namespace ChatOps.Channels.Slack;

/// <summary>Which button was pressed where: travels through a modal and comes back with the reason. The token is checked anew then.</summary>
/// <param name="Token">The button's token.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Thread">The thread's first message; empty for none.</param>
/// <param name="Group">The channel's name for people; null in a direct message.</param>
internal sealed record SlackPressOrigin(string Token, string Channel, string Thread, string? Group);
