using System.Text;
using System.Text.RegularExpressions;

namespace ChatOps.Tools.Web;

/// <summary>Bodies as text: which types are text, and in which encoding they are written.</summary>
internal static partial class WebText
{
    // A page says its encoding near its beginning or not at all.
    private const int LookedAt = 2_048;

    private static readonly string[] Others = ["application/json", "application/xml", "application/xhtml+xml", "application/yaml", "application/x-yaml", "application/javascript", "application/toml", "application/x-ndjson"];

    /// <summary>Whether a media type is text.</summary>
    public static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || Others.Contains(type) || type.EndsWith("+json", StringComparison.Ordinal) || type.EndsWith("+xml", StringComparison.Ordinal);

    /// <summary>The text: by its byte order mark, else by the header, else by what an HTML page says of itself, else as UTF-8. What is no character becomes a question mark in a lozenge.</summary>
    public static string Decode(byte[] bytes, string? charset, string type)
    {
        var encoding = Find(charset?.Trim('"', '\'', ' ')) ?? (type.Contains("html", StringComparison.Ordinal) ? Find(Stated(bytes)) : null) ?? new UTF8Encoding(false);
        using var reader = new StreamReader(new MemoryStream(bytes), encoding, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static string? Stated(byte[] bytes) => Meta().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, LookedAt))) is { Success: true } match ? match.Groups[1].Value : null;

    private static Encoding? Find(string? name)
    {
        if (string.IsNullOrEmpty(name)) return null;
        // Browsers read these names as the Windows code page, and pages count on it.
        if (name.Equals("iso-8859-1", StringComparison.OrdinalIgnoreCase) || name.Equals("latin1", StringComparison.OrdinalIgnoreCase)) name = "windows-1252";
        if (CodePagesEncodingProvider.Instance.GetEncoding(name) is { } page) return page;
        try
        {
            return name.Equals("utf-7", StringComparison.OrdinalIgnoreCase) ? null : Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    [GeneratedRegex("""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{1,40})""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Meta();
}
