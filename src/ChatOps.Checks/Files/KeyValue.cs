using System.Globalization;
using System.Text.RegularExpressions;

namespace ChatOps.Checks.Files;

/// <summary>What a value of a kind's key may be.</summary>
internal static partial class KeyValue
{
    /// <summary>What is wrong with a value; null when it is good.</summary>
    public static string? WhyNot(KindKey key, string value) => key.Form switch
    {
        _ when value.Any(char.IsControl) => "a control character is in it.",
        KeyForm.Number => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? null : "this must be a whole number.",
        KeyForm.Size => Bytes(value) is null ? "this must be a size such as 500M or 10G." : null,
        KeyForm.Url => Uri.TryCreate(value.Replace("{node}", "node", StringComparison.Ordinal), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && value.StartsWith("http", StringComparison.Ordinal)
            ? null
            : "this must be an address that begins with http:// or https://.",
        KeyForm.Path => value.StartsWith('/') ? null : "this must be an absolute path.",
        KeyForm.Name => NamePattern().IsMatch(value) ? null : "this must be a plain name without blanks that does not begin with '-'.",
        KeyForm.Pattern => PatternProblem(value),
        _ => key.Name == "status" && !StatusPattern().IsMatch(value) ? "this must be a status code or a range such as 200-399."
            : key.Name == "method" && value is not ("GET" or "HEAD") ? "this must be GET or HEAD."
            : null,
    };

    /// <summary>A size in bytes; null when it is none.</summary>
    public static long? Bytes(string text)
    {
        if (SizePattern().Match(text) is not { Success: true } match || !long.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var shift = match.Groups[2].Value.ToUpperInvariant() switch { "K" => 10, "M" => 20, "G" => 30, "T" => 40, _ => 0 };
        return number > long.MaxValue >> shift ? null : number << shift;
    }

    private static string? PatternProblem(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return "this is not a regular expression that can be used: " + e.Message;
        }
    }

    [GeneratedRegex(@"\A([0-9]{1,15})([KMGT]?)i?B?\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SizePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_{][A-Za-z0-9_.@:{}\\-]{0,252}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[1-5][0-9]{2}(-[1-5][0-9]{2})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex StatusPattern();
}
