namespace ChatOps.Channels.Discord;

/// <summary>The first answer to an interaction.</summary>
internal sealed record InteractionAnswer(int Type, InteractionAnswerData? Data = null);
