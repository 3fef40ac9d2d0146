namespace ChatOps.Testing.Telegram;

/// <summary>What goes wrong with the next call that fits.</summary>
public sealed record TelegramFault
{
    /// <summary>With which method; null for any but getUpdates.</summary>
    public string? Method { get; init; }

    /// <summary>In which chat; null for any.</summary>
    public long? Chat { get; init; }

    /// <summary>How many calls.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The call is done first, and its answer is lost or late.</summary>
    public bool Done { get; init; }

    /// <summary>Before anything is answered.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The connection is cut instead of an answer.</summary>
    public bool Cut { get; init; }

    /// <summary>The answer's status; 0 for the right answer.</summary>
    public int Status { get; init; }

    /// <summary>The answer's body; null for the Bot API's own form.</summary>
    public string? Body { get; init; }

    /// <summary>The answer's Retry-After header.</summary>
    public string? RetryAfterHeader { get; init; }

    /// <summary>Telegram wants a pause.</summary>
    public static TelegramFault TooFast(int seconds, string method = "sendMessage", long? chat = null, int times = 1) => new()
    {
        Method = method, Chat = chat, Times = times, Status = 429,
        Body = $$$"""{"ok":false,"error_code":429,"description":"Too Many Requests: retry after {{{seconds}}}","parameters":{"retry_after":{{{seconds}}}}}""",
    };

    /// <summary>Telegram itself fails.</summary>
    public static TelegramFault Internal(string method, int times = 1) => new()
    {
        Method = method, Times = times, Status = 500, Body = """{"ok":false,"error_code":500,"description":"Internal Server Error"}""",
    };
}
