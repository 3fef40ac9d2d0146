using System.Globalization;

namespace ChatOps.Rendering;

/// <summary>Lengths of time as people say them: in the largest unit of which there are two, rounded down; below two minutes in seconds. Never negative.</summary>
public static class SpanText
{
    /// <summary><c>90 s</c>, <c>12 min</c>, <c>3 h</c>, <c>5 d</c>.</summary>
    public static string Of(TimeSpan span)
    {
        var (count, unit) = Measure(span);
        return Text(count, unit switch { Unit.Second => "s", Unit.Minute => "min", Unit.Hour => "h", _ => "d" });
    }

    /// <summary><c>90 seconds</c>, <c>12 minutes</c>, <c>3 hours</c>, <c>5 days</c>.</summary>
    public static string Words(TimeSpan span)
    {
        var (count, unit) = Measure(span);
        return Text(count, unit.ToString().ToLowerInvariant() + (count == 1 ? "" : "s"));
    }

    private static (long Count, Unit Unit) Measure(TimeSpan span) => span switch
    {
        { TotalMinutes: < 2 } => (Math.Max(0, (long)span.TotalSeconds), Unit.Second),
        { TotalHours: < 2 } => ((long)span.TotalMinutes, Unit.Minute),
        { TotalDays: < 2 } => ((long)span.TotalHours, Unit.Hour),
        _ => ((long)span.TotalDays, Unit.Day),
    };

    private static string Text(long count, string unit) => string.Create(CultureInfo.InvariantCulture, $"{count} {unit}");

    private enum Unit
    {
        Second,
        Minute,
        Hour,
        Day,
    }
}
