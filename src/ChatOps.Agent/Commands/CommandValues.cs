using ChatOps.Configuration;
using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>Checks values as far as a command line can: what the gate would refuse anyway is said at once, with the nearest right value.</summary>
internal static class CommandValues
{
    private const int MaxShown = 40;

    /// <summary>The command, or what is wrong with its values.</summary>
    public static ParsedCommand Check(ToolManifest manifest, IReadOnlyDictionary<string, string> raw)
    {
        foreach (var parameter in manifest.Parameters)
        {
            if (!raw.TryGetValue(parameter.Name, out var value))
            {
                // A missing named one is left to the tool: it may have short forms.
                if (!parameter.Required || parameter.Default is not null || parameter.Position is null || (parameter.Unless is { } other && raw.ContainsKey(other))) continue;
                return ParsedCommand.Wrong($"{ParameterNames.Value(parameter)} is missing: {parameter.Description} Usage: {CommandUsage.Line(manifest)}", tool: manifest);
            }
            if (ArgumentText.TryCanonical(parameter, value, out _, out var problem)) continue;
            var near = parameter.Kind == ParameterKind.Choice ? NearestName.Of(value, parameter.Choices!) : null;
            return ParsedCommand.Wrong(near is null ? problem : $"{problem} Did you mean '{near}'?", tool: manifest);
        }
        return ParsedCommand.Of(manifest, raw);
    }

    /// <summary>A piece of what was written, short enough for a message.</summary>
    public static string Shown(string text) => text.Length <= MaxShown ? text : text[..MaxShown] + "…";
}
