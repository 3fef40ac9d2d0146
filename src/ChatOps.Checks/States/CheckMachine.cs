using ChatOps.Checks.Files;

namespace ChatOps.Checks.States;

/// <summary>
/// The state machine of a check on a target; pure. A look that is worse must be confirmed by as many further ones as the check says, unless it is plainly so; what is
/// better must hold for as many looks as the check says. What looks in a row agree on is the mildest of them on the way down, and the worst on the way up.
/// </summary>
internal static class CheckMachine
{
    /// <summary>The state after a look.</summary>
    public static CheckState Next(CheckState state, Observation look, CheckDefinition check, DateTimeOffset now)
    {
        var level = look.Level ?? (look.Value is { } value ? check.Thresholds.LevelOf(value, state.Level) : CheckLevel.Ok);
        var seen = state with
        {
            Kind = check.KindWord,
            Unit = check.Unit,
            LastAt = now,
            Value = look.Value,
            Text = look.Text,
            Evidence = look.Evidence,
            Baseline = look.Baseline ?? state.Baseline,
            History = Kept(state.History, new CheckSample(now, level, look.Value)),
        };
        if (level == state.Level) return seen with { Candidate = level, Looks = 0 };
        var worse = level > state.Level && level != CheckLevel.Ok;
        var goesOn = state.Looks > 0 && IsWorse(state.Candidate, state.Level) == worse;
        var agreed = !goesOn ? level : worse ? (CheckLevel)Math.Min((int)state.Candidate, (int)level) : (CheckLevel)Math.Max((int)state.Candidate, (int)level);
        if (worse && !look.Transient) return Set(seen, level, now);
        var looks = goesOn ? state.Looks + 1 : 1;
        var needed = worse ? check.Retries + 1 : state.Level == CheckLevel.Pending ? 1 : check.Recover;
        return looks >= needed ? Set(seen, agreed, now) : seen with { Candidate = agreed, Looks = looks };
    }

    /// <summary>Whether it is about to get worse, so that the next look comes sooner.</summary>
    public static bool IsDoubtful(CheckState state) => state.Looks > 0 && IsWorse(state.Candidate, state.Level);

    private static bool IsWorse(CheckLevel level, CheckLevel than) => level > than && level != CheckLevel.Ok;

    private static CheckState Set(CheckState state, CheckLevel level, DateTimeOffset now) => state with { Level = level, Since = now, Candidate = level, Looks = 0 };

    private static IReadOnlyList<CheckSample> Kept(IReadOnlyList<CheckSample> history, CheckSample sample) =>
        [.. history.Count < CheckState.MaxHistory ? history : history.Skip(history.Count - CheckState.MaxHistory + 1), sample];
}
