namespace ChatOps.Channels.Discord;

/// <summary>A session that can be resumed. Holds no secret: resuming needs the bot token too.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="ResumeUrl">Where to resume.</param>
/// <param name="Sequence">The last event that was taken in.</param>
/// <param name="Intents">What was asked for; other intents need another session.</param>
/// <param name="TokenFingerprint">A rotated token needs another session.</param>
internal sealed record GatewaySession(string Id, string ResumeUrl, long Sequence, int Intents, string TokenFingerprint);
