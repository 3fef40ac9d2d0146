using ChatOps.Tools;

namespace ChatOps.Checks.Runbooks;

/// <summary>How a run of a note's steps ended, for its record.</summary>
internal static class RunbookEnds
{
    /// <summary>Done, and the check said that it helped.</summary>
    public const string Verified = "verified";

    /// <summary>Done, and nobody looked.</summary>
    public const string Unverified = "unverified";

    /// <summary>A step or the check failed, or its end is not known.</summary>
    public const string Failed = "failed";

    /// <summary>People said no, or nobody decided in time: nothing ran.</summary>
    public const string NotRun = "not run";

    /// <summary>The word for an outcome; null while there is none.</summary>
    public static string? Of(InvocationOutcome outcome) => outcome.Status switch
    {
        InvocationStatus.Running or InvocationStatus.Waiting => null,
        InvocationStatus.Refused => NotRun,
        InvocationStatus.Done => outcome.Result?.Check?.Verdict == CheckVerdict.Verified ? Verified : Unverified,
        InvocationStatus.Failed when outcome.Failure is FailureCode.Cancelled or FailureCode.Halted => NotRun,
        _ => Failed,
    };
}
