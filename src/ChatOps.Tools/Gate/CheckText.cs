using ChatOps.Rendering;

namespace ChatOps.Tools.Gate;

/// <summary>What the outcome of a check says: the same words for the check of a plan and for the one that a tool declares.</summary>
internal static class CheckText
{
    /// <summary>The report.</summary>
    /// <param name="what">What was checked.</param>
    /// <param name="expect">Words that the result must hold; null when success is enough.</param>
    /// <param name="outcome">How the check ended.</param>
    public static CheckReport Of(string what, string? expect, InvocationOutcome outcome)
    {
        if (outcome.Status is InvocationStatus.Failed or InvocationStatus.Partial && !IsNoAnswer(outcome.Failure)) return new(CheckVerdict.Failed, $"Check failed ({what}): {outcome.Summary}");
        if (outcome.Status != InvocationStatus.Done) return new(CheckVerdict.Unverified, $"Unverified, the check could not be made ({what}): {outcome.Summary}");
        return expect is { } words && !(PlainMessage.Of(outcome.Result!.Message) + outcome.Summary).Contains(words, StringComparison.Ordinal)
            ? new(CheckVerdict.Failed, $"Check failed ({what}): it does not say \"{words}\".")
            : new(CheckVerdict.Verified, $"Verified ({what}).");
    }

    /// <summary>The reports of several nodes as one.</summary>
    /// <param name="reports">One for each node.</param>
    /// <param name="left">Nodes that were not looked at.</param>
    public static CheckReport Of(IReadOnlyList<CheckReport> reports, int left)
    {
        if (reports is [var only] && left == 0) return only;
        var verdict = reports.Any(r => r.Verdict == CheckVerdict.Failed) ? CheckVerdict.Failed
            : left == 0 && reports.All(r => r.Verdict == CheckVerdict.Verified) ? CheckVerdict.Verified
            : CheckVerdict.Unverified;
        var verified = reports.Count(r => r.Verdict == CheckVerdict.Verified);
        var worst = reports.Where(r => r.Verdict != CheckVerdict.Verified).OrderByDescending(r => r.Verdict).Take(MaxNamed).Select(r => r.Text);
        var beyond = left == 0 ? "" : $" {left} nodes were not looked at.";
        return new(verdict, string.Join(" ", [$"Verified on {verified} of {reports.Count + left} nodes.{beyond}", .. worst]));
    }

    /// <summary>Nodes whose failed check is told in full.</summary>
    private const int MaxNamed = 3;

    // Whoever could not be asked has not said that it is not so.
    private static bool IsNoAnswer(FailureCode failure) =>
        failure is FailureCode.NodeUnreachable or FailureCode.TimedOut or FailureCode.Cancelled or FailureCode.Interrupted or FailureCode.NotAllowed or FailureCode.StoreUnavailable;
}
