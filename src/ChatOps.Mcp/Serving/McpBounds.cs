namespace ChatOps.Mcp.Serving;

/// <summary>The bounds of what MCP clients may use.</summary>
internal static class McpBounds
{
    /// <summary>Sessions of everybody together.</summary>
    public const int Sessions = 256;

    /// <summary>Sessions of one person.</summary>
    public const int SessionsOfOne = 32;

    /// <summary>Calls of one session at once.</summary>
    public const int CallsAtOnce = 16;

    /// <summary>Characters of one text in an answer; the middle of a longer one is left out.</summary>
    public const int AnswerCharacters = 60_000;

    /// <summary>Characters of the data in an answer; more is left out.</summary>
    public const int DataCharacters = 200_000;

    /// <summary>Characters of one progress message.</summary>
    public const int ProgressCharacters = 300;

    /// <summary>Nesting of a message's JSON.</summary>
    public const int JsonDepth = 32;

    /// <summary>The longest that a client may let a call wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>A session that nobody uses for so long ends.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(30);

    /// <summary>How often sessions are looked at: idle, revoked, other tools.</summary>
    public static readonly TimeSpan Look = TimeSpan.FromSeconds(10);

    /// <summary>How often progress is told at most.</summary>
    public static readonly TimeSpan ProgressPace = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a call that waits says so, so that its client does not give up.</summary>
    public static readonly TimeSpan StillWaiting = TimeSpan.FromSeconds(10);
}
