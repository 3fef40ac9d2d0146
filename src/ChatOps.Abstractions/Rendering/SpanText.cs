using System.Globalization;

namespace ChatOps.Rendering;

/// <summary>Lengths of time as people say them.</summary>
public static class SpanText
{
    /// <summary><c>40 s</c>, <c>12 min</c>, <c>3 h</c> up to two days, <c>5 d</c>; rounded down.</summary>
    public static string Of(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => Text(span.TotalSeconds, "s"),
        { TotalMinutes: < 60 } => Text(span.TotalMinutes, "min"),
        { TotalHours: < 48 } => Text(span.TotalHours, "h"),
        _ => Text(span.TotalDays, "d"),
    };

    private static string Text(double value, string unit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(value):0} {unit}");
}
