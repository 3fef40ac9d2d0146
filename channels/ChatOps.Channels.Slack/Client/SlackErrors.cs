using System.Collections.Frozen;

namespace ChatOps.Channels.Slack.Client;

/// <summary>What Slack's error codes mean. Unknown ones are permanent: trying again what Slack does not want is how apps get banned.</summary>
internal static class SlackErrors
{
    private static readonly FrozenSet<string> Auth = FrozenSet.Create(StringComparer.Ordinal,
        "invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "no_permission", "missing_scope", "not_allowed_token_type",
        "org_login_required", "ekm_access_denied", "access_denied", "team_access_not_granted", "team_not_found", "app_disabled", "invalid_app_id", "forbidden_team",
        "two_factor_setup_required", "enterprise_is_restricted", "http_401", "http_403");

    private static readonly FrozenSet<string> Limits = FrozenSet.Create(StringComparer.Ordinal, "ratelimited", "rate_limited", "message_limit_exceeded");

    private static readonly FrozenSet<string> Nothing = FrozenSet.Create(StringComparer.Ordinal, "request_timeout", "service_unavailable", "team_added_to_org", "accesslimited");

    private static readonly FrozenSet<string> Broken = FrozenSet.Create(StringComparer.Ordinal, "internal_error", "fatal_error");

    private static readonly FrozenSet<string> Absent = FrozenSet.Create(StringComparer.Ordinal,
        "not_in_channel", "channel_not_found", "user_not_in_channel", "method_not_supported_for_channel_type", "restricted_action", "messages_tab_disabled");

    private static readonly FrozenSet<string> Uneditable = FrozenSet.Create(StringComparer.Ordinal,
        "message_not_found", "cant_update_message", "edit_window_closed", "cant_delete_message", "thread_not_found");

    /// <summary>The token is not (or no longer) good for it: somebody must act, and until then every call fails alike.</summary>
    public static bool IsAuth(string? error) => error is not null && Auth.Contains(error);

    /// <summary>The bot is not where it should speak.</summary>
    public static bool IsAbsence(string? error) => error is not null && Absent.Contains(error);

    /// <summary>The message is no longer there, or can no longer be changed.</summary>
    public static bool IsUneditable(string? error) => error is not null && Uneditable.Contains(error);

    /// <summary>Slack, or what stands before it, says that it failed.</summary>
    public static bool IsFailure(string? error) => error is not null && (Broken.Contains(error) || error.StartsWith("http_5", StringComparison.Ordinal));

    /// <summary>What an <c>ok:false</c> answer says about the call.</summary>
    public static SlackReplyStatus StatusOf(string error) =>
        Limits.Contains(error) ? SlackReplyStatus.Limited
        : Nothing.Contains(error) ? SlackReplyStatus.NotSent
        : Broken.Contains(error) ? SlackReplyStatus.Unsure
        : SlackReplyStatus.Refused;

    /// <summary>A sentence for people.</summary>
    public static string Describe(string? error) => error switch
    {
        "invalid_auth" or "not_authed" or "http_401" => "Slack does not know the token (invalid_auth).",
        "token_revoked" or "account_inactive" => "The token was revoked, or the app was removed from the workspace.",
        "token_expired" => "The token has expired.",
        "missing_scope" or "no_permission" => "The token lacks a scope (missing_scope).",
        "not_allowed_token_type" => "This kind of token cannot do that (not_allowed_token_type).",
        "app_disabled" => "The app is disabled.",
        "not_in_channel" => "The bot is not a member of the channel (not_in_channel). Invite it: /invite @ChatOps.",
        "channel_not_found" => "The bot cannot see the channel (channel_not_found). Invite it: /invite @ChatOps.",
        "is_archived" => "The channel is archived (is_archived).",
        "msg_too_long" or "msg_blocks_too_long" => $"Slack finds the message too long ({error}).",
        "restricted_action" => "A setting of the workspace forbids posting there (restricted_action).",
        null => "Slack did not say why.",
        _ => $"Slack refused it ({error}).",
    };

    /// <summary>What to do about an error of the token.</summary>
    public static string Remedy(string? error) => error switch
    {
        "missing_scope" or "no_permission" => "Add the scopes of the README's manifest under OAuth & Permissions, reinstall the app and use the new token.",
        "not_allowed_token_type" => "BotToken must begin with xoxb-, AppToken with xapp-.",
        "app_disabled" => "Enable the app under Manage apps, or ask an admin of the workspace.",
        _ => "Reinstall the app to the workspace and give the new token; the channel starts again by itself when it changes.",
    };
}
