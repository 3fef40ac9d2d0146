using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ChatOps.Tools;

/// <summary>The canonical text forms of argument values.</summary>
public static class ArgumentText
{
    /// <summary>Makes a value canonical, or says what is wrong with it.</summary>
    public static bool TryCanonical(ToolParameter parameter, string value, out string canonical, [NotNullWhen(false)] out string? problem)
    {
        canonical = value;
        problem = null;
        switch (parameter.Kind)
        {
            case ParameterKind.Number:
                if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                    canonical = number.ToString(CultureInfo.InvariantCulture);
                else problem = $"'{parameter.Name}' must be a whole number, not '{Shown(value)}'.";
                break;
            case ParameterKind.Flag:
                canonical = value.ToLowerInvariant();
                if (canonical is not ("true" or "false")) problem = $"'{parameter.Name}' must be true or false, not '{Shown(value)}'.";
                break;
            case ParameterKind.Duration:
                if (!TryDuration(value, out _)) problem = $"'{parameter.Name}' must be a duration such as 90s, 15m, 24h or 7d, not '{Shown(value)}'.";
                break;
            case ParameterKind.Selector:
                if (!Fleet.Selector.TryParse(value, out var selector, out var error)) problem = $"'{parameter.Name}': {error}";
                else canonical = selector.ToString();
                break;
            case ParameterKind.Choice:
                if (!parameter.Choices!.Contains(value))
                    problem = $"'{parameter.Name}' must be one of {string.Join(", ", parameter.Choices!)}, not '{Shown(value)}'.";
                break;
            case ParameterKind.CommandLine:
                if (string.IsNullOrWhiteSpace(value)) problem = $"'{parameter.Name}' is empty.";
                break;
        }

        return problem is null;
    }

    /// <summary>A duration as people write it: in the largest unit that keeps it whole.</summary>
    public static string Written(TimeSpan duration)
    {
        var seconds = (long)duration.TotalSeconds;
        var (number, unit) = seconds switch
        {
            0 => (0, "s"),
            _ when seconds % 86400 == 0 => (seconds / 86400, "d"),
            _ when seconds % 3600 == 0 => (seconds / 3600, "h"),
            _ when seconds % 60 == 0 => (seconds / 60, "m"),
            _ => (seconds, "s"),
        };
        return number.ToString(CultureInfo.InvariantCulture) + unit;
    }

    /// <summary>Reads <c>500ms</c>, <c>90s</c>, <c>15m</c>, <c>24h</c>, <c>7d</c>. Positive, at most 10 years.</summary>
    public static bool TryDuration(string text, out TimeSpan duration)
    {
        duration = default;
        var digits = text.TakeWhile(c => char.IsAsciiDigit(c)).Count();
        if (digits is 0 or > 9) return false;
        var number = long.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture);
        double seconds = text[digits..] switch { "ms" => 0.001, "s" => 1, "m" => 60, "h" => 3600, "d" => 86400, _ => 0 };
        if (seconds == 0 || number == 0 || number * seconds > 3650L * 86400) return false;
        duration = TimeSpan.FromSeconds(number * seconds);
        return true;
    }

    private static string Shown(string value) => value.Length <= 40 ? value : value[..40] + "…";
}
