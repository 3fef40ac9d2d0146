namespace ChatOps.Channels.Slack;

/// <summary>The channel's secrets.</summary>
/// <param name="Bot">Speaks for the bot.</param>
/// <param name="App">Opens sockets.</param>
/// <param name="Signing">Proves that a call comes from Slack; one, or two separated by a comma.</param>
internal sealed record SlackTokens(ChannelSecret Bot, ChannelSecret App, ChannelSecret Signing);
