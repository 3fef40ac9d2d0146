namespace ChatOps.Channels.Slack;

/// <summary>The settings of the Slack channel.</summary>
public sealed class SlackOptions
{
    /// <summary>The root of Slack's Web API.</summary>
    public const string DefaultApiBase = "https://slack.com/api";

    /// <summary>Whether the channel runs. Default false.</summary>
    public bool Enabled { get; set; }

    /// <summary>The bot token (<c>xoxb-…</c>), or a reference to it.</summary>
    public string BotToken { get; set; } = "";

    /// <summary>The app-level token (<c>xapp-…</c>) with <c>connections:write</c>, or a reference to it. Socket Mode needs it.</summary>
    public string AppToken { get; set; } = "";

    /// <summary>The app's signing secret, or a reference to it; two separated by a comma while it is rotated. HTTP mode needs it.</summary>
    public string SigningSecret { get; set; } = "";

    /// <summary>The root of the Web API: <c>{ApiBase}/chat.postMessage</c>. Default Slack's own.</summary>
    public string ApiBase { get; set; } = DefaultApiBase;

    /// <summary>How events come in. Default <see cref="SlackMode.Socket"/>.</summary>
    public SlackMode Mode { get; set; } = SlackMode.Socket;

    /// <summary>The least time between two progress edits of one message: Slack allows about 50 a minute. No setting changes it.</summary>
    internal TimeSpan ProgressInterval { get; set; } = TimeSpan.FromSeconds(1.2);

    /// <summary>How many Socket Mode connections of this app other gateways may hold. 0 to 9, default 0; more than that raises an alarm, because each connection receives a share of the events.</summary>
    public int OtherConnections { get; set; }

    /// <summary>The root as an address.</summary>
    internal Uri Root => new(ApiBase.TrimEnd('/') + "/");

    internal void Check()
    {
        if (!Uri.TryCreate(ApiBase, UriKind.Absolute, out var root) || root.Scheme is not ("http" or "https"))
            throw new ArgumentException($"Channels:Slack:ApiBase must be an http or https address, and '{ApiBase}' is none.");
        if (string.IsNullOrWhiteSpace(BotToken)) throw new ArgumentException("Channels:Slack:BotToken is missing: set it to the bot token (xoxb-…) or to a reference to it.");
        if (Mode == SlackMode.Socket && string.IsNullOrWhiteSpace(AppToken))
            throw new ArgumentException("Channels:Slack:AppToken is missing: Socket Mode needs an app-level token (xapp-…) with connections:write. Or set Mode to Http.");
        if (Mode == SlackMode.Http && string.IsNullOrWhiteSpace(SigningSecret))
            throw new ArgumentException("Channels:Slack:SigningSecret is missing: in HTTP mode it proves that a call comes from Slack.");
        if (OtherConnections is < 0 or > 9) throw new ArgumentException("Channels:Slack:OtherConnections must be from 0 to 9.");
    }
}
