using ChatOps.Storage;

namespace ChatOps.Scheduling.Book;

/// <summary>What drafts of one transaction share, so that thousands of them ask for it once: how many schedules there are, and what is wrong with a work.</summary>
internal sealed class DraftMemory
{
    private readonly Dictionary<(ScheduleKind Kind, string Text, string Owner), string?> works = [];
    private int? count;

    /// <summary>How many schedules there are.</summary>
    public int Count(IStoreSession session) => count ??= session.Schedules.Count();

    /// <summary>One more is added.</summary>
    public void Added() => count++;

    /// <summary>What is wrong with a work; asked once for each.</summary>
    public string? WhyNot(IScheduledWork work, string text, Identity.Principal owner)
    {
        var key = (work.Kind, text, owner.Id);
        if (!works.TryGetValue(key, out var why)) works[key] = why = work.WhyNot(text, owner);
        return why;
    }
}
