namespace ChatOps.Channels.Discord;

/// <summary>A value that may be chosen.</summary>
internal sealed record CommandChoice(string Name, string Value);
