using ChatOps.Agent.Commands;
using ChatOps.Tools;

namespace ChatOps.Tests.Agent.Commands;

/// <summary>Reads lines with the grammar of the shipped tools.</summary>
internal static class Line
{
    public static readonly ChatCommandLine Grammar = new(ToolDefinitions.All);

    public static ParsedCommand Parse(string text) => Grammar.Parse(text);

    public static string Error(string text) => Grammar.Parse(text).Error ?? throw new InvalidOperationException("It was understood.");

    /// <summary>Tool and arguments in one line: <c>run(command_line=uptime; on=local)</c>.</summary>
    public static string Shown(ParsedCommand parsed) => parsed.Understood
        ? $"{parsed.Tool.Name}({string.Join("; ", parsed.Arguments.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}"))})"
        : parsed.Error;
}
