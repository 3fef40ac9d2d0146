using System.Buffers;
using System.Net;

namespace ChatOps.Tools.Web;

/// <summary>A tag of a page.</summary>
/// <param name="Name">In lower case.</param>
/// <param name="Closes">Whether it is an end tag.</param>
/// <param name="Attributes">What stands after the name.</param>
internal readonly record struct HtmlTag(string Name, bool Closes, string Attributes)
{
    private static readonly SearchValues<char> NameEnds = SearchValues.Create(" \t\r\n\f=/");
    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \t\r\n\f");
    private static readonly string[] VoidNames = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

    /// <summary>Whether it has no content.</summary>
    public bool IsVoid => VoidNames.Contains(Name) || Attributes.EndsWith('/');

    /// <summary>Whether its content is not for people: a page can hide anything there.</summary>
    public bool IsHidden
    {
        get
        {
            if (Attributes.Length == 0) return false;
            var style = Attribute("style")?.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() ?? "";
            return Attribute("hidden") is not null || Attribute("aria-hidden") == "true" || style.Contains("display:none", StringComparison.Ordinal) || style.Contains("visibility:hidden", StringComparison.Ordinal) ||
                style.Contains("font-size:0", StringComparison.Ordinal) || style.Contains("opacity:0;", StringComparison.Ordinal) || style.EndsWith("opacity:0", StringComparison.Ordinal);
        }
    }

    /// <summary>An attribute's value; empty when it has none, null when it is not there.</summary>
    public string? Attribute(string name)
    {
        var text = Attributes.AsSpan();
        while (text.Length > 0)
        {
            text = text.TrimStart([' ', '\t', '\r', '\n', '\f', '/']);
            var end = text.IndexOfAny(NameEnds);
            var key = end < 0 ? text : text[..end];
            if (key.IsEmpty && end < 0) return null;
            text = end < 0 ? [] : text[end..];
            var rest = text.TrimStart([' ', '\t', '\r', '\n', '\f']);
            var value = ReadOnlySpan<char>.Empty;
            if (rest.StartsWith("="))
            {
                rest = rest[1..].TrimStart([' ', '\t', '\r', '\n', '\f']);
                if (rest.Length > 0 && rest[0] is '"' or '\'')
                {
                    var close = rest[1..].IndexOf(rest[0]);
                    value = close < 0 ? rest[1..] : rest.Slice(1, close);
                    text = close < 0 ? [] : rest[(close + 2)..];
                }
                else
                {
                    var close = rest.IndexOfAny(Spaces);
                    value = close < 0 ? rest : rest[..close];
                    text = close < 0 ? [] : rest[close..];
                }
            }

            if (key.Equals(name, StringComparison.OrdinalIgnoreCase)) return WebUtility.HtmlDecode(value.ToString());
        }

        return null;
    }
}
