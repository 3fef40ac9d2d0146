using ChatOps.Fleet;

namespace ChatOps.Node.Native;

/// <summary>One program to start, everything resolved.</summary>
/// <param name="Path">Absolute path of the program.</param>
/// <param name="Arguments">The argv, program name included.</param>
/// <param name="Environment">The whole environment, <c>NAME=value</c>.</param>
/// <param name="WorkingDirectory">Absolute path.</param>
/// <param name="Input">Descriptor for standard input; below zero is the null device.</param>
/// <param name="Output">Descriptor for standard output.</param>
/// <param name="Error">Descriptor for standard error.</param>
/// <param name="Redirections">Applied in order afterwards.</param>
internal sealed record SpawnRequest(
    string Path,
    IReadOnlyList<string> Arguments,
    IReadOnlyList<string> Environment,
    string WorkingDirectory,
    int Input,
    int Output,
    int Error,
    IReadOnlyList<CommandRedirection> Redirections);
