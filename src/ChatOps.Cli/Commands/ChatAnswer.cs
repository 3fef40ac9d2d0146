using ChatOps.Messages;

namespace ChatOps.Cli.Commands;

/// <summary>A message in a conversation, as it is now.</summary>
/// <param name="Content">Its newest content.</param>
/// <param name="Answers">What it answers; null when nothing.</param>
/// <param name="Printed">Whether this content was printed.</param>
internal sealed record ChatAnswer(RichMessage Content, string? Answers, bool Printed);
