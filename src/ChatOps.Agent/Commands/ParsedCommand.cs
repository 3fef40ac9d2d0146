using System.Diagnostics.CodeAnalysis;
using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>A command line that was read: a tool with raw arguments, or an error for people.</summary>
public sealed record ParsedCommand
{
    private ParsedCommand()
    {
    }

    /// <summary>The tool (or conversation command) that is meant; also set for most errors.</summary>
    public ToolManifest? Tool { get; private init; }

    /// <summary>The arguments as given, by parameter name.</summary>
    public IReadOnlyDictionary<string, string> Arguments { get; private init; } = new Dictionary<string, string>();

    /// <summary>What is wrong and what to do; null when the line was understood.</summary>
    public string? Error { get; private init; }

    /// <summary>The whole command that was probably meant, without slash; null without a near miss.</summary>
    public string? Suggestion { get; private init; }

    /// <summary>Whether the line was understood.</summary>
    [MemberNotNullWhen(true, nameof(Tool))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Understood => Error is null;

    /// <summary>The command was understood.</summary>
    public static ParsedCommand Of(ToolManifest tool, IReadOnlyDictionary<string, string> arguments) => new() { Tool = tool, Arguments = arguments };

    /// <summary>It was not.</summary>
    public static ParsedCommand Wrong(string error, string? suggestion = null, ToolManifest? tool = null) =>
        new() { Error = error, Suggestion = suggestion, Tool = tool };

    /// <summary>The same command with one more argument, where the tool has such a parameter and it was not given.</summary>
    public ParsedCommand With(string parameter, string value) =>
        !Understood || Arguments.ContainsKey(parameter) || Tool.Parameters.All(p => p.Name != parameter)
            ? this
            : this with { Arguments = new Dictionary<string, string>(Arguments) { [parameter] = value } };
}
