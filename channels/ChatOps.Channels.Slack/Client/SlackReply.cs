using System.Text.Json;

namespace ChatOps.Channels.Slack.Client;

/// <summary>The answer to a call of the Web API.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Error">Slack's error code, or what broke; null when it went well. Never holds a token or an address.</param>
/// <param name="RetryAfter">For <see cref="SlackReplyStatus.Limited"/>: not before.</param>
/// <param name="Body">The answer's object; undefined when there is none.</param>
/// <param name="Scopes">What the token may do, as the answer's header says.</param>
internal sealed record SlackReply(SlackReplyStatus Status, string? Error = null, TimeSpan? RetryAfter = null, JsonElement Body = default, string? Scopes = null)
{
    /// <summary>Whether Slack did it.</summary>
    public bool Ok => Status == SlackReplyStatus.Ok;

    /// <summary>A text of the answer; empty when there is none at this path.</summary>
    public string Text(params ReadOnlySpan<string> path) => Payload.Text(path);

    /// <summary>The answer, read without trust.</summary>
    public SlackPayload Payload => new(Body);

    // A generated text would print the body, and bodies hold tickets.
    public override string ToString() => Error ?? Status.ToString();
}
