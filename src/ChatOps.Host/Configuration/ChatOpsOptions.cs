using ChatOps.Agent;
using ChatOps.Agent.Models;
using ChatOps.Agent.Speech;
using ChatOps.Approvals;
using ChatOps.Bus;
using ChatOps.Checks;
using ChatOps.Channels.Discord;
using ChatOps.Channels.Slack;
using ChatOps.Channels.Telegram;
using ChatOps.Fleet;
using ChatOps.Host.Telemetry;
using ChatOps.Mcp;
using ChatOps.Scheduling;
using ChatOps.Tools;

namespace ChatOps.Host;

/// <summary>Everything that can be configured, by section. Defaults are the initialisers.</summary>
public sealed class ChatOpsOptions
{
    /// <summary><c>Gateway</c>: where it listens and keeps its state.</summary>
    public GatewayOptions Gateway { get; } = new();

    /// <summary><c>Bus</c>: what carries wake-ups.</summary>
    public BusOptions Bus { get; } = new();

    /// <summary><c>Store</c>: where the truth is kept.</summary>
    public StoreOptions Store { get; } = new();

    /// <summary><c>Channels:Web</c>: the web console.</summary>
    public WebConsoleOptions Web { get; } = new();

    /// <summary><c>Channels:Telegram</c>.</summary>
    public TelegramOptions Telegram { get; } = new();

    /// <summary><c>Channels:Slack</c>.</summary>
    public SlackOptions Slack { get; } = new();

    /// <summary><c>Channels:Discord</c>.</summary>
    public DiscordOptions Discord { get; } = new();

    /// <summary><c>Egress</c>: where downloads may go.</summary>
    public EgressOptions Egress { get; } = new();

    /// <summary><c>Fleet</c>: the machines.</summary>
    public FleetOptions Fleet { get; } = new();

    /// <summary><c>Files</c>: what the file tools may touch.</summary>
    public FilesOptions Files { get; } = new();

    /// <summary><c>Checks</c>: what is looked at by itself, and where findings are told.</summary>
    public ChecksOptions Checks { get; } = new();

    /// <summary><c>Approvals</c>: who is asked, and for how long.</summary>
    public ApprovalsOptions Approvals { get; } = new();

    /// <summary><c>Agent</c>: conversations and turns.</summary>
    public AgentOptions Agent { get; } = new();

    /// <summary><c>Models</c> and parts of <c>Agent</c>: who answers free text.</summary>
    public ModelsOptions Models { get; } = new();

    /// <summary><c>Skills</c>: where more know-how is.</summary>
    public SkillsSettings Skills { get; } = new();

    /// <summary><c>Web</c>: which addresses of the internet are read without asking.</summary>
    public WebReadingOptions WebReading { get; } = new();

    /// <summary><c>Search</c>: who searches the web.</summary>
    public WebSearchOptions Search { get; } = new();

    /// <summary><c>Mcp</c>: how the tools are served to MCP clients.</summary>
    public McpOptions Mcp { get; } = new();

    /// <summary><c>Speech</c>: who listens to voice notes.</summary>
    public SpeechOptions Speech { get; } = new();

    /// <summary><c>Heartbeat</c>: the tasks of HEARTBEAT.md.</summary>
    public HeartbeatOptions Heartbeat { get; } = new();

    /// <summary><c>Review</c>: the report on the last day.</summary>
    public ReviewOptions Review { get; } = new();

    /// <summary><c>Telemetry</c>: where spans go.</summary>
    public TelemetryOptions Telemetry { get; } = new();

    /// <summary><c>Logging</c>: how much is logged, and how long it is kept.</summary>
    public LoggingOptions Logging { get; } = new();

    /// <summary>Telegram's options with the address at which Telegram reaches the gateway.</summary>
    internal TelegramOptions TelegramAt(string? publicUrl)
    {
        Telegram.PublicUrl = publicUrl is null ? null : new Uri(publicUrl);
        return Telegram;
    }
}
