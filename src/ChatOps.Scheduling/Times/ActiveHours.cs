using System.Globalization;

namespace ChatOps.Scheduling.Times;

/// <summary>A part of the day in which a schedule runs, such as <c>08:00-22:00</c> or over midnight, <c>22:00-06:00</c>.</summary>
internal sealed record ActiveHours(TimeOnly From, TimeOnly To)
{
    /// <summary>Reads it.</summary>
    public static bool TryRead(string text, out ActiveHours hours)
    {
        hours = new(default, default);
        if (text.Split('-', StringSplitOptions.TrimEntries) is not [var from, var to]) return false;
        if (!TimeOnly.TryParseExact(from, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)) return false;
        if (!TimeOnly.TryParseExact(to, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var last) || last == first) return false;
        hours = new(first, last);
        return true;
    }

    /// <summary>Whether a time of the day is in it; its end is not.</summary>
    public bool Contains(TimeOnly time) => From < To ? time >= From && time < To : time >= From || time < To;
}
