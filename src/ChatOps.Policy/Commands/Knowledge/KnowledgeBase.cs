using System.Collections.Frozen;
using ChatOps.Policy.Commands.Judging;

namespace ChatOps.Policy.Commands.Knowledge;

/// <summary>Everything that is known of commands and paths. Immutable.</summary>
/// <param name="Commands">Entries by program name.</param>
/// <param name="Raises">Rules that raise the risk of a command or subcommand, by dotted name.</param>
/// <param name="Guard">The protected paths.</param>
internal sealed record KnowledgeBase(
    FrozenDictionary<string, CommandEntry> Commands, FrozenDictionary<string, Verdict> Raises, PathGuard Guard);
