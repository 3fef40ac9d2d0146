using System.Text.Json.Nodes;
using ChatOps.Channels.Slack.Client;
using ChatOps.Channels.Slack.Rendering;
using ChatOps.Tools;

namespace ChatOps.Channels.Slack;

/// <summary>
/// What only one person may see: an ephemeral message, or where the bot is not in the channel a direct one; and answers to slash commands in channels that the bot is not
/// in. None of these can be found again by Slack's API, so an edit says the new content once more.
/// </summary>
internal sealed class SlackPrivate(SlackApi api, SlackHttp http, SlackAnswers answers)
{
    private const string Ephemeral = "e:";
    private const string Response = "r:";
    private const string Direct = "d:";

    /// <summary>Whether a part is one of these.</summary>
    public static bool IsAside(string part) => part.Length > 1 && part[1] == ':';

    /// <summary>Shows all pages to one person.</summary>
    public async Task<SendResult> SendAsync(OutboundMessage message, string person, SlackRendering rendering, SlackSends sends, CancellationToken cancellationToken)
    {
        // Parts of an earlier try are there; an edit begins anew.
        if (message.Operation == OutboundOperation.Edit) sends.Messages.Clear();
        for (var i = sends.Messages.Count; i < rendering.Pages.Count; i++)
        {
            var (part, reply) = await ShowAsync(message, person, rendering.Pages[i], cancellationToken);
            if (!reply.Ok) return sends.Failed(reply, repeatable: false);
            sends.Messages.Add(part);
        }

        return sends.Sent();
    }

    /// <summary>Answers a slash command where the bot is not a member; null when that is not possible.</summary>
    public async Task<SendResult?> AnswerAsync(OutboundMessage message, SlackMessage page, int index, SlackSends sends, CancellationToken cancellationToken)
    {
        if (answers.Take(message.InboxId) is not { } address) return null;
        var body = new JsonObject { ["response_type"] = "ephemeral", ["text"] = page.Text, ["blocks"] = page.Blocks.DeepClone() };
        using var content = new StringContent(body.ToJsonString(Json.Options), null, "application/json");
        var reply = await http.UploadAsync(address, content, cancellationToken);
        if (!reply.Ok) return sends.Failed(reply, repeatable: false);
        var part = Response + SlackSender.Revision(message.OutboxId);
        if (index < sends.Messages.Count) sends.Messages[index] = part;
        else sends.Messages.Add(part);
        return sends.Sent();
    }

    /// <summary>Says the new content of a part that cannot be edited once more; null when it is said.</summary>
    public async Task<SendResult?> EditAsync(OutboundMessage message, SlackMessage page, int index, SlackSends sends, CancellationToken cancellationToken)
    {
        if (message.Operation == OutboundOperation.Send) return null;
        var answered = await AnswerAsync(message, page, index, sends, cancellationToken);
        if (answered is null) return new SendResult(SendStatus.Rejected, message.PlatformId, null, "The bot is not in the channel, and Slack takes no more answers there. Invite it: /invite @ChatOps.");
        return answered.Status == SendStatus.Sent ? null : answered;
    }

    private async Task<(string Part, SlackReply Reply)> ShowAsync(OutboundMessage message, string person, SlackMessage page, CancellationToken cancellationToken)
    {
        var reply = await api.PostEphemeralAsync(message.Conversation.Chat, message.Conversation.Thread, person, page, cancellationToken);
        if (!SlackErrors.IsAbsence(reply.Error)) return (Ephemeral + reply.Text("message_ts"), reply);
        var opened = await api.ConversationsOpenAsync(person, cancellationToken);
        if (!opened.Ok) return ("", opened.Status == SlackReplyStatus.Unsure ? opened with { Status = SlackReplyStatus.NotSent } : opened);
        var posted = await api.PostAsync(opened.Text("channel", "id"), "", page, cancellationToken);
        return (Direct + posted.Text("ts"), posted);
    }
}
