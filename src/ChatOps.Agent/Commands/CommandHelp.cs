using System.Globalization;
using ChatOps.Configuration;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>Help, generated from the definitions. Lines start with the slash of chat.</summary>
internal static class CommandHelp
{
    /// <summary>All of these commands, by group.</summary>
    public static RichMessage All(IReadOnlyList<ToolManifest> manifests)
    {
        var blocks = new List<Block>();
        foreach (var group in manifests.GroupBy(m => m.Group).OrderBy(g => g.Key == BuiltInCommands.Group).ThenBy(g => g.Key, StringComparer.Ordinal))
        {
            blocks.Add(new TextBlock($"**{PlainText.Escape(CultureInfo.InvariantCulture.TextInfo.ToTitleCase(group.Key))}**"));
            blocks.Add(List(group));
        }
        blocks.Add(new TextBlock("`/help COMMAND` explains one, with examples."));
        return new RichMessage(blocks);
    }

    /// <summary>One command, or the commands that begin so; null when there is none.</summary>
    /// <param name="manifests">What may be shown.</param>
    /// <param name="topic">The command's words.</param>
    public static RichMessage? About(IReadOnlyList<ToolManifest> manifests, string topic)
    {
        var exact = manifests.FirstOrDefault(m => m.Commands.Contains(topic, StringComparer.OrdinalIgnoreCase));
        var below = manifests.Where(m => m != exact && m.Commands.Any(c => c.StartsWith(topic + " ", StringComparison.OrdinalIgnoreCase))).ToList();
        if (exact is null && below.Count == 0) return null;
        var blocks = new List<Block>();
        if (exact is not null) blocks.AddRange(One(exact));
        if (below.Count > 0)
        {
            if (exact is not null) blocks.Add(new TextBlock("**Related**"));
            blocks.Add(List(below));
        }
        return new RichMessage(blocks);
    }

    /// <summary>What to say when there is no such command.</summary>
    public static string Unknown(IReadOnlyList<ToolManifest> manifests, string topic)
    {
        var near = NearestName.Of(topic, manifests.SelectMany(m => m.Commands));
        return $"There is no command '{PlainText.Escape(CommandValues.Shown(topic))}' that you could use." + (near is null ? " `/help` lists yours." : $" Did you mean `/help {near}`?");
    }

    private static TableBlock List(IEnumerable<ToolManifest> manifests) =>
        new(["Command", "What it does"], manifests.Select(m => (IReadOnlyList<string>)[Commands(m), m.Summary]).ToList());

    private static string Commands(ToolManifest manifest) => string.Join(", ", manifest.Commands.Select(c => "/" + c));

    private static IEnumerable<Block> One(ToolManifest manifest)
    {
        yield return new TextBlock(PlainText.Escape(manifest.Summary));
        yield return new CodeBlock("/" + CommandUsage.Line(manifest), "Usage");
        var rows = manifest.Parameters.Where(p => !p.Hidden).Select(Row).ToList();
        if (rows.Count > 0) yield return new TableBlock(["Parameter", "What it is"], rows);
        if (manifest.Parameters.Any(p => p.Kind == ParameterKind.CommandLine) && manifest.Parameters.Count > 1)
        {
            yield return new TextBlock(
                "The command is taken as you write it. Options count before it and at the very end of the line; `--` before the command ends them.");
        }
        if (manifest.Commands.Count > 1) yield return new TextBlock($"Also: {string.Join(", ", manifest.Commands.Skip(1).Select(c => $"`/{c}`"))}");
        if (manifest.Examples.Count > 0) yield return new CodeBlock(string.Join('\n', manifest.Examples.Select(e => "/" + e)), "Examples");
    }

    private static IReadOnlyList<string> Row(ToolParameter parameter)
    {
        var name = parameter.Position is not null ? ParameterNames.Value(parameter)
            : parameter.Kind == ParameterKind.Flag ? ParameterNames.Option(parameter)
            : $"{ParameterNames.Option(parameter)} {ParameterNames.Value(parameter)}";
        return [name, parameter.Description + (parameter.Default is { } value ? $" Default: {value}." : "")];
    }
}
