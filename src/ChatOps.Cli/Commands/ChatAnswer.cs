using System.Text.Json;

namespace ChatOps.Cli.Commands;

/// <summary>A message in a conversation, as it is now.</summary>
/// <param name="Content">Its newest content, as it came.</param>
/// <param name="Answers">What it answers; null when nothing.</param>
/// <param name="Printed">Whether this content was printed.</param>
internal sealed record ChatAnswer(JsonElement Content, string? Answers, bool Printed);
