using System.Collections.Frozen;

namespace ChatOps.Policy.Commands.Languages;

/// <summary>Decides whether a jq filter (or a yq expression) only looks at its input.</summary>
internal static class JqFilter
{
    private static readonly FrozenSet<string> Refused = new[]
    {
        "env", "ENV", "import", "include", "modulemeta", "get_search_list", "input_filename", "load", "load_str", "load_xml", "load_props", "load_base64",
        "strenv", "envsubst", "eval", "__prog_args", "system", "exec", "filename",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Why the filter may do more; null when it only looks at its input.</summary>
    public static string? Problem(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiLetter(text[i]) && text[i] != '_') continue;
            var start = i;
            while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] == '_')) i++;

            // .env is a field of the input
            if (start > 0 && text[start - 1] == '.') continue;
            if (Refused.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text.AsSpan(start, i - start), out var found))
                return $"the filter uses {found}, which reaches beyond its input";
        }

        return null;
    }
}
