using System.Globalization;
using System.Text.RegularExpressions;
using ChatOps.Console.Text;

namespace ChatOps.Console.Status;

/// <summary>A part's facts, which programs read too, as words for people.</summary>
internal static partial class FactText
{
    private const int HashDigits = 12;
    private const string BytesSuffix = "Bytes";
    private const string SecondsSuffix = "Seconds";

    /// <summary><c>deadLetters</c> becomes <c>dead letters</c>; <c>oldestSeconds</c> becomes <c>oldest</c> and <c>fileBytes</c> <c>file</c>, since their values have the unit then.</summary>
    public static string Label(string name)
    {
        var unit = Unit(name);
        return InertText.Of(Hump().Replace(name.Length > unit.Length ? name[..^unit.Length] : name, " $0").ToLowerInvariant());
    }

    public static string Value(string name, string value, DateTimeOffset now)
    {
        if (Unit(name) == BytesSuffix && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)) return Durations.Bytes(bytes);
        if (Unit(name) == SecondsSuffix && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)) return SpanText.Of(TimeSpan.FromSeconds(seconds));
        if (Hash().IsMatch(value)) return value[..HashDigits] + "…";
        return value.Contains('T') && DateTimeOffset.TryParseExact(value, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
            ? Durations.Relative(at, now)
            : InertText.Of(value);
    }

    private static string Unit(string name) => new[] { BytesSuffix, SecondsSuffix }.FirstOrDefault(u => name.EndsWith(u, StringComparison.Ordinal)) ?? "";

    [GeneratedRegex("(?<=[a-z])[A-Z]", RegexOptions.CultureInvariant)]
    private static partial Regex Hump();

    [GeneratedRegex(@"\A[0-9a-f]{40,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Hash();
}
