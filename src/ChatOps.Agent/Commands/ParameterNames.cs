using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>How parameters are written on command lines.</summary>
internal static class ParameterNames
{
    /// <summary><c>--grant-for</c>.</summary>
    public static string Option(ToolParameter parameter) => "--" + parameter.Name.Replace('_', '-');

    /// <summary>What stands for the value in usage lines: <c>SELECTOR</c>, <c>jsonl|csv</c>, <c>ID</c>.</summary>
    public static string Value(ToolParameter parameter) => parameter.Kind switch
    {
        ParameterKind.CommandLine => "COMMAND",
        ParameterKind.Choice => string.Join('|', parameter.Choices!),
        ParameterKind.Selector => "SELECTOR",
        ParameterKind.Duration => "DURATION",
        ParameterKind.Number when parameter.Position is null => "N",
        _ => parameter.Name.Replace('_', '-').ToUpperInvariant(),
    };

    /// <summary>Parameters that may be given without a name, in order.</summary>
    public static IReadOnlyList<ToolParameter> Positional(ToolManifest manifest) =>
        manifest.Parameters.Where(p => p.Position is not null).OrderBy(p => p.Position).ToList();
}
