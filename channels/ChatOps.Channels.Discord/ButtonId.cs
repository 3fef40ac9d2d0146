using ChatOps.Messages;

namespace ChatOps.Channels.Discord;

/// <summary>A button's <c>custom_id</c>: what a press does, the opaque token, and for a question's own button the message that was asked about.</summary>
/// <param name="Step">What a press does.</param>
/// <param name="Token">The token.</param>
/// <param name="Message">The message that holds the first button; empty when it is the pressed one.</param>
internal sealed record ButtonId(ButtonStep Step, string Token, string Message = "")
{
    private const string Prefix = "c1";
    private const int MaxToken = 40;

    /// <summary>The id of an action's button.</summary>
    public static ButtonId Of(MessageAction action) =>
        new(action is { AsksReason: true, Style: ActionStyle.Plain } ? ButtonStep.Why : action.Confirm is not null ? ButtonStep.Ask : ButtonStep.Go, action.Token);

    /// <summary>Reads an id; null for what is none of ours.</summary>
    public static ButtonId? Parse(string? text)
    {
        if (text is null || text.Length > DiscordLimits.CustomId || text.Split('|') is not [Prefix, var step, var token, var message]) return null;
        if (token.Length is 0 or > MaxToken || (message.Length > 0 && !Snowflake.IsOne(message))) return null;
        return step switch
        {
            "go" => new ButtonId(ButtonStep.Go, token, message),
            "ask" => new ButtonId(ButtonStep.Ask, token, message),
            "why" => new ButtonId(ButtonStep.Why, token, message),
            "yes" => new ButtonId(ButtonStep.Yes, token, message),
            _ => null,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Prefix}|{Step.ToString().ToLowerInvariant()}|{Token}|{Message}";
}
