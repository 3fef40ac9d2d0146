using ChatOps.Tools;

namespace ChatOps.Cli;

/// <summary>What the exit codes mean. Scripts rely on them.</summary>
internal static class ExitCodes
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or configuration.</summary>
    public const int Usage = 2;

    /// <summary>Refused by policy.</summary>
    public const int Refused = 3;

    /// <summary>Waits for an approval, or the approval was denied or expired.</summary>
    public const int NotApproved = 4;

    /// <summary>Some nodes failed.</summary>
    public const int Partial = 5;

    /// <summary>Started, and the end is not known.</summary>
    public const int Unknown = 6;

    /// <summary>The gateway cannot be reached.</summary>
    public const int Unreachable = 69;

    /// <summary>The code of an invocation's outcome.</summary>
    public static int Of(InvocationStatus status, FailureCode failure) => (status, failure) switch
    {
        (_, FailureCode.BadArguments or FailureCode.UnknownTool) => Usage,
        (InvocationStatus.Done, _) => Done,
        (InvocationStatus.Waiting, _) => NotApproved,
        (_, FailureCode.ApprovalDenied or FailureCode.ApprovalExpired) => NotApproved,
        (InvocationStatus.Refused, FailureCode.StoreUnavailable or FailureCode.TooManyCalls or FailureCode.NotFound or FailureCode.NoTargets or FailureCode.Cancelled) => Failed,
        (InvocationStatus.Refused, _) => Refused,
        (InvocationStatus.Partial, _) => Partial,
        (InvocationStatus.Unknown or InvocationStatus.Running, _) => Unknown,
        _ => Failed,
    };

    /// <summary>The code of an answer that is no outcome.</summary>
    public static int Of(int httpStatus) => httpStatus is 400 or 401 or 404 or 413 ? Usage : Failed;
}
