namespace ChatOps.Checks.Runbooks;

/// <summary>How far a note may go: what its file allows at most, and what its record allows. Pure.</summary>
internal static class RunbookTrusts
{
    /// <summary>A note as it stands.</summary>
    public static RunbookState Of(RunbookNote note, RunbookRecord? record)
    {
        // Its file alone never lets it run without a card.
        var start = Least(note.Ceiling, RunbookTrust.Approve);
        if (record is null) return new(note, start, note.Ceiling == RunbookTrust.Auto ? "As written; up to auto only by 'runbook trust'." : "As written.", null);
        if (record.Digest != note.Digest) return new(note, Least(start, record.Trust), "Its steps changed since that was decided.", record with { Verified = 0 });
        var trust = Least(note.Ceiling, record.Trust);
        return new(note, trust, trust < record.Trust ? $"Its file allows {Word(note.Ceiling)} at most." : $"{record.By}: {record.Why}", record);
    }

    /// <summary>Why it may not climb there; null when it may.</summary>
    public static string? WhyNotClimb(RunbookState state, RunbookTrust to)
    {
        if (to > state.Note.Ceiling) return $"its file allows {Word(state.Note.Ceiling)} at most; whoever wants more writes it there too (trust: {Word(to)})";
        if (to > state.Trust + 1) return $"trust climbs by one step at a time, and it stands at {Word(state.Trust)}";
        var verified = state.Record?.Verified ?? 0;
        return to == RunbookTrust.Auto && verified < RunbookBounds.VerifiedForAuto
            ? $"its steps run without a card only after {RunbookBounds.VerifiedForAuto} runs in a row that were verified, and there {(verified == 1 ? "is 1" : $"are {verified}")}"
            : null;
    }

    /// <summary>The record after a run: what failed costs a step of trust.</summary>
    public static RunbookRecord After(RunbookState state, string end, string why, DateTimeOffset at)
    {
        var before = state.Record is { } record && record.Digest == state.Note.Digest
            ? record
            : new RunbookRecord(state.Note.Name, state.Trust, state.Note.Digest, 0, state.Record?.Failed ?? 0, "gateway", "as written", at);
        return end switch
        {
            RunbookEnds.Verified => before with { Verified = before.Verified + 1 },
            RunbookEnds.Failed => before with
            {
                Verified = 0, Failed = before.Failed + 1, Trust = state.Trust == RunbookTrust.Observe ? RunbookTrust.Observe : state.Trust - 1, By = "gateway", Why = why, At = at,
            },
            _ => before,
        };
    }

    /// <summary>The word of a trust.</summary>
    public static string Word(RunbookTrust trust) => trust.ToString().ToLowerInvariant();

    private static RunbookTrust Least(RunbookTrust a, RunbookTrust b) => a < b ? a : b;
}
