using System.Globalization;
using System.Text.RegularExpressions;
using ChatOps.Console.Text;

namespace ChatOps.Console.Status;

/// <summary>A part's facts, which programs read too, as words for people.</summary>
internal static partial class FactText
{
    private const int HashDigits = 12;
    private const string BytesSuffix = "Bytes";

    /// <summary><c>oldestSeconds</c> becomes <c>oldest seconds</c>; <c>fileBytes</c> becomes <c>file</c>, since its value has the unit then.</summary>
    public static string Label(string name) =>
        InertText.Of(Hump().Replace(name.EndsWith(BytesSuffix, StringComparison.Ordinal) && name.Length > BytesSuffix.Length ? name[..^BytesSuffix.Length] : name, " $0").ToLowerInvariant());

    public static string Value(string name, string value, DateTimeOffset now)
    {
        if (name.EndsWith(BytesSuffix, StringComparison.Ordinal) && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)) return Durations.Bytes(bytes);
        if (Hash().IsMatch(value)) return value[..HashDigits] + "…";
        return value.Contains('T') && DateTimeOffset.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? Durations.Relative(at, now)
            : InertText.Of(value);
    }

    [GeneratedRegex("(?<=[a-z])[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex Hump();

    [GeneratedRegex(@"\A[0-9a-f]{40,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hash();
}
