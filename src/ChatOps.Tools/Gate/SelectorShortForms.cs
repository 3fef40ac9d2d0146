using System.Diagnostics.CodeAnalysis;

namespace ChatOps.Tools.Gate;

/// <summary>Turns <c>--node N</c>, <c>--tag k=v</c> and <c>--env E</c> into the one selector.</summary>
internal static class SelectorShortForms
{
    private static readonly string[] Names = ["node", "tag", "env"];

    public static bool TryCombine(
        ToolManifest manifest, IReadOnlyDictionary<string, string> raw, out IReadOnlyDictionary<string, string> combined, [NotNullWhen(false)] out string? problem)
    {
        combined = raw;
        problem = null;
        if (manifest.TargetParameter is not { } target || !manifest.Parameters.Any(p => p.Name == "tag") || !Names.Any(raw.ContainsKey)) return true;

        var terms = new List<string>();
        if (raw.TryGetValue(target, out var on)) terms.Add(on);
        if (raw.TryGetValue("node", out var node)) terms.Add($"node={node}");
        if (raw.TryGetValue("env", out var env)) terms.Add($"env={env}");
        foreach (var tag in raw.TryGetValue("tag", out var tags) ? tags.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [])
        {
            if (!tag.Contains('='))
            {
                problem = $"'--tag {tag}' must be KEY=VALUE.";
                return false;
            }

            terms.Add(tag);
        }

        var result = raw.Where(r => !Names.Contains(r.Key)).ToDictionary(r => r.Key, r => r.Value);
        result[target] = string.Join(",", terms);
        combined = result;
        return true;
    }
}
