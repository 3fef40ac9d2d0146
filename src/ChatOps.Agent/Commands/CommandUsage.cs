using System.Text;
using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>Usage lines, generated from manifests.</summary>
internal static class CommandUsage
{
    /// <summary><c>run COMMAND --on SELECTOR [--timeout DURATION]</c>.</summary>
    public static string Line(ToolManifest manifest)
    {
        var line = new StringBuilder(manifest.Commands[0]);
        foreach (var parameter in ParameterNames.Positional(manifest).Where(p => !p.Hidden))
            Append(line, ParameterNames.Value(parameter) + (parameter.Repeatable ? "…" : ""), IsRequired(parameter));
        foreach (var parameter in manifest.Parameters.Where(p => p.Position is null && !p.Hidden).OrderByDescending(IsRequired))
        {
            var name = ParameterNames.Option(parameter);
            Append(line, parameter.Kind == ParameterKind.Flag ? name : $"{name} {ParameterNames.Value(parameter)}", IsRequired(parameter));
            if (parameter.Repeatable) line.Append('…');
        }
        return line.ToString();
    }

    /// <summary>Whether it must be given.</summary>
    public static bool IsRequired(ToolParameter parameter) => parameter.Required && parameter.Default is null;

    private static void Append(StringBuilder line, string text, bool required) => line.Append(' ').Append(required ? text : $"[{text}]");
}
