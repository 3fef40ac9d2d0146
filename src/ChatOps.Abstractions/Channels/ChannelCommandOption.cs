using ChatOps.Tools;

namespace ChatOps.Channels;

/// <summary>What a command takes.</summary>
/// <param name="Name">Lower case with dashes or underscores as on command lines, without the leading dashes.</param>
/// <param name="Summary">One line.</param>
/// <param name="Kind">Type.</param>
/// <param name="Required">Whether it must be given.</param>
/// <param name="Choices">All values, where they are few and fixed.</param>
/// <param name="Completes">Whether <see cref="IChannelCommands.CompleteAsync"/> may offer values.</param>
public sealed record ChannelCommandOption(string Name, string Summary, ParameterKind Kind, bool Required, IReadOnlyList<string> Choices, bool Completes);
