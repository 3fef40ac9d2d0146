using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ChatOps.Mcp.Using;

/// <summary>Texts and numbers.</summary>
internal sealed partial class ArgumentCheck
{
    /// <summary>Characters of a pattern that is still tried here; a longer one is left to the server.</summary>
    private const int MaxPattern = 500;

    /// <summary>How long one pattern may take; one that takes longer is left to the server.</summary>
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(200);

    private static IEnumerable<string> Text(JsonElement schema, string text, string at)
    {
        var length = text.EnumerateRunes().Count();
        if (Bound(schema, "minLength") is { } least && length < least) yield return string.Create(CultureInfo.InvariantCulture, $"{Name(at)} must have at least {least} characters.");
        if (Bound(schema, "maxLength") is { } most && length > most) yield return string.Create(CultureInfo.InvariantCulture, $"{Name(at)} must have at most {most} characters.");
        if (schema.TryGetProperty("pattern", out var pattern) && pattern.ValueKind == JsonValueKind.String && !Matches(pattern.GetString()!, text))
            yield return $"{Name(at)} must match {Shown(pattern.GetString()!)}.";
    }

    private static IEnumerable<string> Number(JsonElement schema, JsonElement value, string at)
    {
        var number = value.GetDouble();
        if (Limit(schema, "minimum") is { } least && number < least) yield return string.Create(CultureInfo.InvariantCulture, $"{Name(at)} must be at least {least}.");
        if (Limit(schema, "maximum") is { } most && number > most) yield return string.Create(CultureInfo.InvariantCulture, $"{Name(at)} must be at most {most}.");
        if (Limit(schema, "exclusiveMinimum") is { } over && number <= over) yield return string.Create(CultureInfo.InvariantCulture, $"{Name(at)} must be more than {over}.");
        if (Limit(schema, "exclusiveMaximum") is { } under && number >= under) yield return string.Create(CultureInfo.InvariantCulture, $"{Name(at)} must be less than {under}.");
        if (schema.TryGetProperty("multipleOf", out var step) && step.ValueKind == JsonValueKind.Number && step.TryGetDecimal(out var divisor) && divisor > 0 && value.TryGetDecimal(out var exact) && exact % divisor != 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Name(at)} must be a multiple of {divisor}.");
    }

    // Without backtracking the time is bound by the lengths. What .NET writes otherwise than JSON Schema's dialect is left to the server.
    private static bool Matches(string pattern, string text)
    {
        if (pattern.Length > MaxPattern) return true;
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternTime);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return true;
        }
    }

    private static bool IsWhole(JsonElement value) => value.TryGetDecimal(out var exact) ? decimal.Truncate(exact) == exact : Math.Truncate(value.GetDouble()) == value.GetDouble();

    private static int? Bound(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var bound) && bound.ValueKind == JsonValueKind.Number && bound.TryGetDouble(out var number) && number is >= 0 and <= int.MaxValue ? (int)number : null;

    private static double? Limit(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var limit) && limit.ValueKind == JsonValueKind.Number ? limit.GetDouble() : null;
}
