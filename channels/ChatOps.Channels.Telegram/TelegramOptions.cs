namespace ChatOps.Channels.Telegram;

/// <summary>The section Channels:Telegram.</summary>
public sealed class TelegramOptions
{
    /// <summary>Telegram's own Bot API.</summary>
    public static readonly Uri DefaultApiBase = new("https://api.telegram.org");

    /// <summary>Whether the channel is on. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>The bot's token from @BotFather, or a reference to it.</summary>
    public string Token { get; set; } = "";

    /// <summary>The root of the Bot API; another one for a local Bot API server. Default https://api.telegram.org.</summary>
    public Uri ApiBase { get; set; } = DefaultApiBase;

    /// <summary>Polling (default) or Webhook.</summary>
    public TelegramMode Mode { get; set; }

    /// <summary>In webhook mode: what Telegram's calls prove themselves with, 16 to 256 of A-Z, a-z, 0-9, underscore and dash; or a reference to it. The webhook's path is made from it.</summary>
    public string WebhookSecret { get; set; } = "";

    /// <summary>In webhook mode: the gateway's address as Telegram reaches it (Gateway:PublicUrl).</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>
    /// The directory of a local Bot API server that runs with --local on this machine: it names files by their place on its disk, and only places below this directory are read. Null (default) when
    /// files are fetched over HTTP.
    /// </summary>
    public string? LocalFiles { get; set; }

    /// <summary>How long one question for updates waits. 1 to 50 s (more is cut by Telegram), default 50 s.</summary>
    public TimeSpan PollTimeout { get; set; } = TimeSpan.FromSeconds(50);

    /// <summary>How long polling rests when somebody else polls with the same token. 1 s to 10 min, default 30 s.</summary>
    public TimeSpan ConflictDelay { get; set; } = TimeSpan.FromSeconds(30);

    // What follows is Telegram's nature and nobody's taste: no setting changes it.

    /// <summary>The first pause after a failure; doubles up to a minute.</summary>
    internal TimeSpan FirstRetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a press may stay unanswered so that a refusal can be shown with it.</summary>
    internal TimeSpan PressPatience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The least time between opening a confirm step and its yes, so that a double tap confirms nothing.</summary>
    internal TimeSpan ConfirmDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The least time between two passing states of one message in a direct chat.</summary>
    internal TimeSpan ProgressInterval { get; set; } = TimeSpan.FromSeconds(1.2);

    /// <summary>The same in a group, where 20 messages a minute are allowed.</summary>
    internal TimeSpan GroupProgressInterval { get; set; } = TimeSpan.FromSeconds(3.5);

    /// <summary>Whether files have the limits of Telegram's own servers: 20 MB in, 50 MB out. A local Bot API server lifts both to 2,000 MB.</summary>
    internal bool IsLocal => LocalFiles is not null;

    internal void Check()
    {
        if (Token.Length == 0) throw new ArgumentException("Channels:Telegram:Token is empty. Get one from @BotFather, and set it or a reference such as ${env:TELEGRAM_TOKEN}.");
        if (!ApiBase.IsAbsoluteUri || ApiBase.Scheme is not ("https" or "http") || ApiBase.Query.Length > 0 || ApiBase.Fragment.Length > 0)
            throw new ArgumentException("Channels:Telegram:ApiBase must be an absolute http or https address without a query.");
        if (Mode == TelegramMode.Webhook && WebhookSecret.Length == 0)
            throw new ArgumentException("Channels:Telegram:WebhookSecret is empty. In webhook mode a secret is required: without it anybody could speak for Telegram.");
        if (Mode == TelegramMode.Webhook && PublicUrl is not { IsAbsoluteUri: true, Scheme: "https" or "http" })
            throw new ArgumentException("Gateway:PublicUrl is needed in webhook mode (Channels:Telegram:Mode): Telegram must know where to call.");
        if (LocalFiles is not null && !Path.IsPathFullyQualified(LocalFiles)) throw new ArgumentException("Channels:Telegram:LocalFiles must be an absolute path.");
        Within(nameof(PollTimeout), PollTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(50));
        Within(nameof(ConflictDelay), ConflictDelay, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
    }

    private static void Within(string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most) throw new ArgumentException($"Channels:Telegram:{name} must be from {least} to {most}.");
    }
}
