namespace ChatOps.Testing.Slack;

/// <summary>Something that goes wrong with one call.</summary>
public sealed record SlackFault
{
    private SlackFault()
    {
    }

    /// <summary>Wait so long first.</summary>
    public TimeSpan Delay { get; private init; }

    /// <summary>Cut the connection before anything is done.</summary>
    public bool Drop { get; private init; }

    /// <summary>Do it, and cut the connection instead of answering.</summary>
    public bool DropAnswer { get; private init; }

    /// <summary>Answer with this HTTP status instead.</summary>
    public int Status { get; private init; }

    /// <summary>The Retry-After header; null for none.</summary>
    public string? RetryAfter { get; private init; }

    /// <summary>Answer with this body instead.</summary>
    public string? Body { get; private init; }

    /// <summary>Refuse with this error code.</summary>
    public string? Error { get; private init; }

    /// <summary>The connection is cut before anything is done.</summary>
    public static SlackFault Dropped() => new() { Drop = true };

    /// <summary>It is done, and the answer is lost.</summary>
    public static SlackFault LostAnswer() => new() { DropAnswer = true };

    /// <summary>The answer takes long.</summary>
    public static SlackFault Slow(TimeSpan delay) => new() { Delay = delay };

    /// <summary>429. Calling again before the time is over is a violation.</summary>
    public static SlackFault Limited(string? retryAfter, string? body = null) => new() { Status = 429, RetryAfter = retryAfter, Body = body };

    /// <summary>A status with a page.</summary>
    public static SlackFault Http(int status, string body = "<html>oops</html>") => new() { Status = status, Body = body };

    /// <summary>200 with something that is no answer.</summary>
    public static SlackFault Garbage(string body) => new() { Status = 200, Body = body };

    /// <summary><c>ok:false</c>.</summary>
    public static SlackFault Refused(string error) => new() { Error = error };
}
