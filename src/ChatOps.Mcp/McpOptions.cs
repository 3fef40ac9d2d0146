using ChatOps.Messages;

namespace ChatOps.Mcp;

/// <summary><c>Mcp</c> in the configuration: how the tools are served to MCP clients, and whose servers are used.</summary>
public sealed class McpOptions
{
    /// <summary>The conversation in which approvals of MCP calls are asked (<c>slack/C0123</c>); null: the console and the command line alone.</summary>
    public string? Conversation { get; set; }

    /// <summary>How long a call waits for people before it answers <c>waiting</c>, unless its client says otherwise. 1s to 1h; default 50 seconds, as many clients give a call one minute.</summary>
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(50);

    /// <summary>Servers of somebody else's whose tools are used here.</summary>
    public List<OutsideServerOptions> Servers { get; } = [];

    /// <summary>Most servers.</summary>
    public const int MaxServers = 16;

    /// <summary>Whether they are connected to; a gateway that lives for one command does not.</summary>
    public bool UseServers { get; set; } = true;

    /// <summary>The range of <see cref="Wait"/>.</summary>
    public static (TimeSpan Min, TimeSpan Max) WaitRange { get; } = (TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

    /// <summary>The conversation, read.</summary>
    internal ConversationKey? ConversationKey => Conversation is { } id ? ChatOps.Messages.ConversationKey.Parse(id) : null;

    /// <summary>Why a text is no conversation; null when it is one.</summary>
    public static string? CheckConversation(string value) =>
        value.Split('/') is [{ Length: > 0 }, { Length: > 0 }] or [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }] ? null : "must be CHANNEL/CHAT or CHANNEL/CHAT/THREAD, such as slack/C0123ABCD.";
}
