using System.Diagnostics.CodeAnalysis;

namespace ChatOps.Tools.Nodes;

/// <summary>Labels as people write them: <c>role=web</c> sets one, <c>role-</c> removes it.</summary>
internal static class LabelText
{
    /// <summary>Reads several, separated by commas.</summary>
    public static bool TryRead(string? text, bool canRemove, out IReadOnlyDictionary<string, string?> labels, [NotNullWhen(false)] out string? problem)
    {
        var read = new Dictionary<string, string?>(StringComparer.Ordinal);
        labels = read;
        problem = null;
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2) is [{ Length: > 0 } key, { Length: > 0 } value])
            {
                read[key] = value;
            }
            else if (canRemove && part.Length > 1 && part.EndsWith('-') && !part.Contains('='))
            {
                read[part[..^1]] = null;
            }
            else
            {
                problem = $"'{part}' is no label: write key=value{(canRemove ? ", or key- to remove it" : "")}.";
                return false;
            }
        }

        return true;
    }
}
