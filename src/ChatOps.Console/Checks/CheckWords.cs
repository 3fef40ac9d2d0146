using System.Globalization;
using ChatOps.Checks;

namespace ChatOps.Console.Checks;

/// <summary>Checks in words.</summary>
internal static class CheckWords
{
    public static string Of(CheckLevel level) => level.ToString().ToLowerInvariant();

    public static string Value(CheckState state) => state.Value is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value:0.##} {state.Unit}").Trim() : "";
}
