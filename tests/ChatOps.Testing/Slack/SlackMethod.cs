namespace ChatOps.Testing.Slack;

/// <summary>What a method takes, as Slack's reference has it.</summary>
/// <param name="Required">Must be there.</param>
/// <param name="Optional">May be there.</param>
/// <param name="TakesJson">Whether it reads a JSON body; the others read forms alone.</param>
/// <param name="Scope">What the token needs; empty for nothing.</param>
internal sealed record SlackMethod(string[] Required, string[] Optional, bool TakesJson, string Scope)
{
    private static readonly string[] Styling = ["blocks", "text", "attachments", "markdown_text", "metadata", "parse", "link_names"];

    /// <summary>The methods, by name.</summary>
    public static readonly IReadOnlyDictionary<string, SlackMethod> All = new Dictionary<string, SlackMethod>
    {
        ["auth.test"] = new([], [], true, ""),
        ["apps.connections.open"] = new([], [], true, "connections:write"),
        ["chat.postMessage"] = new(["channel"], [.. Styling, "thread_ts", "reply_broadcast", "unfurl_links", "unfurl_media", "mrkdwn", "username", "icon_emoji", "icon_url", "as_user"], true, "chat:write"),
        ["chat.postEphemeral"] = new(["channel", "user"], [.. Styling, "thread_ts", "username", "icon_emoji", "icon_url", "as_user"], true, "chat:write"),
        ["chat.update"] = new(["channel", "ts"], [.. Styling, "file_ids", "reply_broadcast", "as_user"], true, "chat:write"),
        ["chat.delete"] = new(["channel", "ts"], ["as_user"], true, "chat:write"),
        ["views.open"] = new(["view"], ["trigger_id", "interactivity_pointer"], true, ""),
        ["conversations.open"] = new([], ["users", "channel", "return_im", "prevent_creation"], true, "im:write"),
        ["conversations.info"] = new(["channel"], ["include_locale", "include_num_members"], false, "channels:read"),
        ["users.info"] = new(["user"], ["include_locale"], false, "users:read"),
        ["files.info"] = new(["file"], ["count", "page", "limit", "cursor"], false, "files:read"),
        ["files.delete"] = new(["file"], [], true, "files:write"),
        ["files.getUploadURLExternal"] = new(["filename", "length"], ["alt_text", "snippet_type"], false, "files:write"),
        ["files.completeUploadExternal"] = new(["files"], ["channel_id", "thread_ts", "initial_comment", "channels", "blocks"], true, "files:write"),
    };
}
