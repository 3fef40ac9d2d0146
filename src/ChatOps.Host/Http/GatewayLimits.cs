namespace ChatOps.Host.Http;

/// <summary>The bounds of the listener. Reaching one is answered with a status and a sentence, never with a hang.</summary>
internal static class GatewayLimits
{
    /// <summary>Largest request body in bytes: a 1 MiB text and its JSON around it. Larger: 413.</summary>
    public const long RequestBodyBytes = 2 * 1024 * 1024;

    /// <summary>All request headers together, in bytes.</summary>
    public const int RequestHeadersBytes = 32 * 1024;

    /// <summary>Number of request headers.</summary>
    public const int RequestHeaderCount = 100;

    /// <summary>Request line in bytes.</summary>
    public const int RequestLineBytes = 8 * 1024;

    /// <summary>Open connections: as many nodes as there may be, and people.</summary>
    public const int Connections = 14_000;

    /// <summary>Open connections that were upgraded to WebSockets.</summary>
    public const int UpgradedConnections = 12_000;

    /// <summary>Calls of webhooks that are answered at once; one more is told to come again.</summary>
    public const int WebhooksAtOnce = 256;

    /// <summary>Nesting of a request's JSON.</summary>
    public const int JsonDepth = 8;

    /// <summary>How long a client may take to send its headers.</summary>
    public static readonly TimeSpan RequestHeaders = TimeSpan.FromSeconds(15);

    /// <summary>How long an answer may take that neither waits for people nor runs something.</summary>
    public static readonly TimeSpan Request = TimeSpan.FromSeconds(60);

    /// <summary>How long a call of a webhook may take, its body included.</summary>
    public static readonly TimeSpan Webhook = TimeSpan.FromSeconds(10);

    /// <summary>How often an idle live connection is checked.</summary>
    public static readonly TimeSpan SocketKeepAlive = TimeSpan.FromSeconds(20);

    /// <summary>How long the removal of the owner's key from the store may take at the end.</summary>
    public static readonly TimeSpan KeyRemoval = TimeSpan.FromSeconds(5);

    /// <summary>How long a stop waits for what is in progress.</summary>
    public static readonly TimeSpan Stop = TimeSpan.FromSeconds(30);
}
