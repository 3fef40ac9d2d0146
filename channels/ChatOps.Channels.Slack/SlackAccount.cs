namespace ChatOps.Channels.Slack;

/// <summary>Who the bot is, as <c>auth.test</c> says.</summary>
/// <param name="Team">The workspace's id.</param>
/// <param name="TeamName">Its name.</param>
/// <param name="BotUser">The bot's user id: what people mention.</param>
/// <param name="Bot">The bot's id: what its own messages carry.</param>
internal sealed record SlackAccount(string Team, string TeamName, string BotUser, string Bot);
