using Quartz;

namespace ChatOps.Scheduling.Times;

/// <summary>
/// The times of a cron expression in a zone. The expression is read against wall clock times, and these are put on the time line by the rules of docs/schedules.md:
/// an expression with hours fires once a named time, also when clocks are set; one for every hour goes by elapsed time.
/// </summary>
internal sealed class CronTimes : ITimes
{
    /// <summary>Wall clock times of the second pass of an hour that are looked over before it is given up.</summary>
    private const int MaxSkipped = 100_000;

    private readonly CronExpression expression;
    private readonly WallClock clock;
    private readonly bool hourly;

    private CronTimes(CronExpression expression, WallClock clock, bool hourly)
    {
        this.expression = expression;
        this.clock = clock;
        this.hourly = hourly;
    }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="FormatException">It is not one; the message is for people.</exception>
    public static CronTimes Read(string text, TimeZoneInfo zone)
    {
        var fields = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields is [['@', ..] word])
        {
            var macro = Parse(() => CronExpression.Parse(word.ToLowerInvariant(), CronFormat.Unix));
            return new CronTimes(macro, new WallClock(zone), string.Equals(word, "@hourly", StringComparison.OrdinalIgnoreCase));
        }

        if (fields.Length is not (5 or 6)) throw new FormatException($"a cron expression has five fields (minute hour day month weekday) or six (with seconds first), and this one has {fields.Length}.");
        var five = string.Join(' ', fields[^5..]);
        var parsed = Parse(() => CronExpression.Parse(five, CronFormat.Unix));
        if (fields.Length == 6)
        {
            var quartz = parsed.CronExpressionString;
            parsed = Parse(() => CronExpression.Parse(fields[0] + quartz[quartz.IndexOf(' ', StringComparison.Ordinal)..]));
        }

        return new CronTimes(parsed.WithTimeZone(TimeZoneInfo.Utc), new WallClock(zone), fields[^4] == "*");
    }

    public DateTimeOffset? Next(DateTimeOffset after) => hourly ? NextElapsed(after) : NextNamed(after);

    // Each wall clock time once: the first of two, and for one that does not exist the moment at which clocks are set.
    private DateTimeOffset? NextNamed(DateTimeOffset after)
    {
        var wall = clock.At(after);
        for (var i = 0; i < MaxSkipped; i++)
        {
            if (Following(wall) is not { } next) return null;
            if (clock.FirstOf(next) is var at && at > after) return at;
            wall = next;
        }

        return null;
    }

    // Every moment whose wall clock time fits: an hour that comes twice is run through twice, one that is left out has none.
    private DateTimeOffset? NextElapsed(DateTimeOffset after)
    {
        var from = after;
        for (var i = 0; i < MaxSkipped; i++)
        {
            var offset = clock.OffsetAt(from);
            if (Following(Wall(from, offset)) is not { } next) return null;
            if (next.Ticks - offset.Ticks is var ticks && ticks < 0 || ticks > DateTime.MaxValue.Ticks) return null;
            var at = new DateTimeOffset(ticks, TimeSpan.Zero);
            var change = clock.ChangeBetween(from, at);
            if (change is null) return at;
            // From the first moment of the new offset on; that moment itself counts.
            var first = new DateTimeOffset(Wall(change.Value, clock.OffsetAt(change.Value)), TimeSpan.Zero);
            if (expression.IsSatisfiedBy(first)) return change;
            from = change.Value;
        }

        return null;
    }

    private DateTime? Following(DateTime wall) => expression.GetNextValidTimeAfter(new DateTimeOffset(wall, TimeSpan.Zero))?.UtcDateTime is { } next
        ? DateTime.SpecifyKind(next, DateTimeKind.Unspecified)
        : null;

    private static DateTime Wall(DateTimeOffset at, TimeSpan offset) => new(at.UtcTicks + offset.Ticks, DateTimeKind.Unspecified);

    private static CronExpression Parse(Func<CronExpression> read)
    {
        try
        {
            return read();
        }
        catch (FormatException e)
        {
            throw new FormatException(e.Message.ReplaceLineEndings(" ").TrimEnd('.') + ".");
        }
    }
}
