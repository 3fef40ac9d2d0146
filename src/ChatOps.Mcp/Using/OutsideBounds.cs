namespace ChatOps.Mcp.Using;

/// <summary>The bounds of what servers of somebody else's may use.</summary>
internal static class OutsideBounds
{
    /// <summary>Tools of one server; what it lists beyond is not looked at.</summary>
    public const int ToolsOfOne = 128;

    /// <summary>Pages of its list.</summary>
    public const int Pages = 16;

    /// <summary>Characters of a tool's definition.</summary>
    public const int DefinitionCharacters = 20_000;

    /// <summary>Characters of a description that people and models are shown.</summary>
    public const int DescriptionCharacters = 1000;

    /// <summary>Parameters of a tool.</summary>
    public const int Parameters = 64;

    /// <summary>Calls of one server at once.</summary>
    public const int CallsAtOnce = 8;

    /// <summary>Characters of an answer's text; more is cut and said to be.</summary>
    public const int AnswerCharacters = 100_000;

    /// <summary>Characters of an answer's structured content; more is left out.</summary>
    public const int DataCharacters = 100_000;

    /// <summary>Bytes of one message, or of one HTTP answer.</summary>
    public const int MessageBytes = 4 * 1024 * 1024;

    /// <summary>Bytes that a program may write within <see cref="FloodTime"/>; beyond that it is ended.</summary>
    public const int FloodBytes = 32 * 1024 * 1024;

    /// <summary>See <see cref="FloodBytes"/>.</summary>
    public static readonly TimeSpan FloodTime = TimeSpan.FromSeconds(10);

    /// <summary>How long starting and greeting may take, and listing tools.</summary>
    public static readonly TimeSpan Connect = TimeSpan.FromSeconds(30);

    /// <summary>How often a connected server is asked for its tools again when it says nothing.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    /// <summary>The first pause before a server is tried again; each next one is twice as long.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>A server that was up so long begins with the first pause again.</summary>
    public static readonly TimeSpan Steady = TimeSpan.FromMinutes(1);

    /// <summary>How long a program may take to end by itself.</summary>
    public static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);
}
