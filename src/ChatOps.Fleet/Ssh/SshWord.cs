namespace ChatOps.Fleet.Ssh;

/// <summary>What a node's shell says about an execution, behind the secret word.</summary>
internal static class SshWord
{
    /// <summary>The shell waits for what to run.</summary>
    public const string Ready = "ready";

    /// <summary>The working directory is not there. Nothing was started.</summary>
    public const string NoDirectory = "nodirectory";

    /// <summary>A program is not there. Nothing was started.</summary>
    public const string NoProgram = "noprogram";

    /// <summary>What the program is to read did not arrive whole. Nothing was started.</summary>
    public const string NoInput = "noinput";

    /// <summary>From here on it may have had an effect.</summary>
    public const string Begin = "begin";

    /// <summary>It runs, in this process group.</summary>
    public const string Started = "started";

    /// <summary>Its time is over; it is being stopped.</summary>
    public const string TimedOut = "timeout";

    /// <summary>It ended with this status and left so many processes behind.</summary>
    public const string Exit = "exit";
}
