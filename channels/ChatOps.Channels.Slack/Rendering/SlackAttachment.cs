namespace ChatOps.Channels.Slack.Rendering;

/// <summary>A file that goes with a message.</summary>
/// <param name="Name">Its name for people.</param>
/// <param name="Key">Names its content, so that what was uploaded before is not uploaded again.</param>
/// <param name="FileId">A kept file; null when <paramref name="Content"/> is the file.</param>
/// <param name="Content">The text; null when it is a kept file.</param>
internal sealed record SlackAttachment(string Name, string Key, string? FileId, string? Content);
