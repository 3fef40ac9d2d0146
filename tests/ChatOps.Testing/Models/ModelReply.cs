namespace ChatOps.Testing.Models;

/// <summary>What a scripted model answers.</summary>
public sealed record ModelReply
{
    /// <summary>Its text.</summary>
    public string Text { get; init; } = "";

    /// <summary>The calls that it wants.</summary>
    public IReadOnlyList<ModelCall> Calls { get; init; } = [];

    /// <summary>An HTTP status instead of an answer.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The code of a refusal.</summary>
    public string? Code { get; init; }

    /// <summary>The seconds of Retry-After.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Whether the connection is cut after the text.</summary>
    public bool Cut { get; init; }

    /// <summary>Whether the stream ends after the text as if nothing were missing, but without its end.</summary>
    public bool NoEnd { get; init; }

    /// <summary>Whether the model declines, in the words of <see cref="Text"/>.</summary>
    public bool Declines { get; init; }

    /// <summary>Whether the answer stops at the most tokens.</summary>
    public bool TooLong { get; init; }

    /// <summary>Raw bytes in place of the answer.</summary>
    public string? Raw { get; init; }

    /// <summary>Awaited before the first word.</summary>
    public Func<CancellationToken, Task>? Before { get; init; }

    /// <summary>Awaited after the text and before what follows it.</summary>
    public Func<CancellationToken, Task>? AfterText { get; init; }

    /// <summary>Tokens that are reported as read.</summary>
    public int InputTokens { get; init; } = 100;

    /// <summary>Tokens that are reported as read from a cache.</summary>
    public int CachedTokens { get; init; }

    /// <summary>Tokens that are reported as written.</summary>
    public int OutputTokens { get; init; } = 20;

    /// <summary>Whether tokens are not reported at all.</summary>
    public bool NoUsage { get; init; }

    /// <summary>The model's id in the answer; null for the one that was asked.</summary>
    public string? ModelId { get; init; }

    /// <summary>A text.</summary>
    public static ModelReply Say(string text) => new() { Text = text };

    /// <summary>A call of a tool.</summary>
    public static ModelReply Call(string name, string arguments = "{}", string text = "") => new() { Text = text, Calls = [new(name, arguments)] };

    /// <summary>Calls at once.</summary>
    public static ModelReply CallAll(params ModelCall[] calls) => new() { Calls = calls };

    /// <summary>A refusal by status.</summary>
    public static ModelReply Fail(int status, string? code = null, int? retryAfter = null) => new() { Status = status, Code = code, RetryAfter = retryAfter };

    /// <summary>A text whose rest is lost with the connection.</summary>
    /// <param name="text">The text.</param>
    /// <param name="arrived">Tells that it arrived: a connection that is cut earlier takes what is under way with it.</param>
    public static ModelReply CutAfter(string text, Func<bool> arrived) => new() { Text = text, Cut = true, AfterText = _ => Until.TrueAsync(arrived) };

    /// <summary>A refusal by the model itself.</summary>
    public static ModelReply Decline(string text) => new() { Text = text, Declines = true };
}
