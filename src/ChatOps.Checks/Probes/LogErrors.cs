using System.Globalization;
using ChatOps.Checks.Files;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>
/// Errors in a log against what is usual there. The lines that match are counted at each look; what came since the last one goes into periods of five minutes, kept for a
/// day. A spike is an hour with several times the errors of the usual hour of the day before it. A log that just began to be watched has nothing usual yet: the first hour is
/// only learnt.
/// </summary>
internal static class LogErrors
{
    private const string UsualPattern = "error|fatal|critical|panic|exception";
    private const int UsualFactor = 3;
    private const int UsualLeast = 10;

    /// <summary>The length of a period.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    /// <summary>What a spike is measured over.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>How long periods are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromHours(25);

    /// <summary>The line that counts: of a file all matching lines, of a unit those since the longest interval.</summary>
    public static string Line(CheckDefinition check)
    {
        var pattern = ShellWord.Of(check.Text("pattern") ?? UsualPattern);
        return check.Text("path") is { } path
            ? $"grep -ciE -e {pattern} -- {ShellWord.Of(path)}"
            : string.Create(CultureInfo.InvariantCulture, $"journalctl -u {ShellWord.Of(check.Required("unit"))} --since -{(int)check.Interval.TotalSeconds}s -o cat --no-pager | grep -ciE -e {pattern}");
    }

    /// <summary>Judges the count; the state before is in the look's baseline.</summary>
    public static Observation Judge(NodeLook look)
    {
        // grep says 1 when nothing matches.
        if (look.Answer.ExitCode > 1 || look.Answer.Lines is not [var line, ..] || !long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            return look.Unclear("The log could not be read.");
        return look.Well("", count);
    }

    /// <summary>Takes a count into the baseline and judges the hour.</summary>
    /// <param name="look">What <see cref="Judge"/> made of the count.</param>
    /// <param name="check">The check.</param>
    /// <param name="before">The state before it; null for the first look.</param>
    /// <param name="now">When.</param>
    public static Observation Against(Observation look, CheckDefinition check, CheckState? before, DateTimeOffset now)
    {
        if (look is not { Level: CheckLevel.Ok, Value: { } count }) return look;
        var (periods, total) = Taken(check, before, count, now);
        var hour = periods.Where(p => p.From > now - Hour).Sum(p => p.Count);
        var earlier = periods.Where(p => p.From <= now - Hour && p.From >= DateTimeOffset.UnixEpoch.AddDays(1)).ToList();
        var watched = earlier.Sum(p => p.Covered.TotalHours);
        var usual = watched > 0 ? earlier.Sum(p => p.Count) / watched : 0;
        var (factor, least) = (check.Number("factor", UsualFactor), check.Number("least", UsualLeast));
        var learning = watched < 1 - (Period / Hour);
        var spike = !learning && hour >= least && hour >= factor * usual;
        var text = string.Create(CultureInfo.InvariantCulture, $"{hour:0} errors in the last hour; {(learning ? "what is usual is still being learnt" : $"usual are {usual:0.#}")}.");
        return look with { Level = spike ? check.Severity : CheckLevel.Ok, Value = hour, Text = text, Transient = false, Baseline = [.. periods.Prepend(total)] };
    }

    // The first entry is the file's whole count at the last look, marked by a time that no look has.
    private static (List<CheckCount> Periods, CheckCount Total) Taken(CheckDefinition check, CheckState? before, double count, DateTimeOffset now)
    {
        var known = before?.Baseline ?? [];
        var total = new CheckCount(DateTimeOffset.UnixEpoch, count, TimeSpan.Zero);
        var periods = known.Where(p => p.From > now - Kept).ToList();
        var isFile = check.Text("path") is not null;
        if (known.Count == 0 && isFile) return (periods, total);
        // A smaller count is a log that was rotated: all of it is new.
        var came = !isFile ? count : count >= known[0].Count ? count - known[0].Count : count;
        var since = before?.LastAt is { } last && now - last < Hour ? now - last : check.Interval;
        var from = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Period.Ticks), TimeSpan.Zero);
        if (periods is [.., var newest] && newest.From == from) periods[^1] = newest with { Count = newest.Count + came, Covered = newest.Covered + since };
        else periods.Add(new CheckCount(from, came, since));
        return (periods, total);
    }
}
