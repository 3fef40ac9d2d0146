namespace ChatOps.Agent.Commands;

/// <summary>A command line with everything in its place: path, options as <c>--name=value</c>, <c>--</c>, words.</summary>
/// <param name="Args">The arguments for System.CommandLine; unchanged when the command is not a tool's.</param>
/// <param name="Wrong">What is wrong; null when nothing is.</param>
public sealed record CommandArrangement(IReadOnlyList<string> Args, ParsedCommand? Wrong = null);
