using System.Globalization;

namespace ChatOps.Channels.Discord;

/// <summary>Discord's ids: 64-bit numbers as text that hold the time they were made.</summary>
internal static class Snowflake
{
    private const long EpochMilliseconds = 1_420_070_400_000;
    private const int TimeShift = 22;

    /// <summary>Whether a text is an id.</summary>
    public static bool IsOne(string? text) =>
        text is { Length: > 0 and <= 20 } && text.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0 && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>When an id was made, or null for what is none.</summary>
    public static DateTimeOffset? TimeOf(string? text) => ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? DateTimeOffset.FromUnixTimeMilliseconds(EpochMilliseconds + (long)(id >> TimeShift))
        : null;
}
