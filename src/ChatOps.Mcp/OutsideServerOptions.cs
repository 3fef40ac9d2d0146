namespace ChatOps.Mcp;

/// <summary>An entry of <c>Mcp:Servers</c>: a server of somebody else's whose tools are used here.</summary>
public sealed class OutsideServerOptions
{
    /// <summary>What the server is called here; its tools are named <c>mcp_NAME_TOOL</c>.</summary>
    public string Name { get; set; } = "";

    /// <summary>The program that is started, with its arguments; words may be quoted. Either this or <see cref="Url"/>.</summary>
    public string? Command { get; set; }

    /// <summary>The gateway's environment variables that the program gets. It gets no others. Default: none.</summary>
    public IReadOnlyList<string> Environment { get; set; } = [];

    /// <summary>The address of a server that speaks streamable HTTP.</summary>
    public string? Url { get; set; }

    /// <summary>The bearer token for <see cref="Url"/>, as a reference.</summary>
    public string? Token { get; set; }

    /// <summary>How long one call may take. 1s to 1h; default 1 minute.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The range of <see cref="Timeout"/>.</summary>
    public static (TimeSpan Min, TimeSpan Max) TimeoutRange { get; } = (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
}
