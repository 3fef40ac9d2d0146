using System.Text.Json.Nodes;
using ChatOps.Channels.Slack.Client;
using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Slack;

/// <summary>
/// Hands what Slack delivers to the inbox, whichever way it came. What it says is taken is committed, or is nothing that could be; what it says is not taken Slack delivers
/// again.
/// </summary>
internal sealed partial class SlackIntake(
    IInbox inbox, SlackHearing hearing, SlackThreads threads, SlackAnswers answers, SlackApi api, SlackDrops drops, ILogger<SlackIntake> logger)
{
    private volatile SlackAccount? me;

    /// <summary>Begins to take what comes.</summary>
    public void Open(SlackAccount account) => me = account;

    /// <summary>Takes nothing any more.</summary>
    public void Close() => me = null;

    /// <summary>Takes something in.</summary>
    public async Task<SlackTaken> TakeAsync(SlackKind kind, SlackPayload payload, CancellationToken cancellationToken)
    {
        if (me is not { } account) return SlackTaken.Not;
        try
        {
            var heard = await hearing.HearAsync(kind, payload, account, cancellationToken);
            if (heard.Dropped is { } reason) return Drop(kind, reason);
            var message = heard.Message!;
            // Nothing is lost when the process dies before the question is asked: the button is still there.
            if (heard.Question is { } question) return new SlackTaken(true, After: token => AskAsync(question, message, token));
            return await AcceptAsync(kind, message, heard.ResponseAddress, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            return SlackTaken.Not;
        }
    }

    private async Task<SlackTaken> AcceptAsync(SlackKind kind, InboundMessage message, string address, CancellationToken cancellationToken)
    {
        var receipt = await inbox.AcceptAsync(message, cancellationToken);
        if (receipt.ComesAgain) return SlackTaken.Not;
        if (receipt.Status == InboxStatus.Refused) return Refusal(kind, message, receipt.Reason ?? "It was not taken.");
        if (message.Context.Group is not null) threads.Addressed(message.Conversation);
        if (address.Length > 0) answers.Note(receipt.InboxId!, address);
        return SlackTaken.Quietly;
    }

    private SlackTaken Refusal(SlackKind kind, InboundMessage message, string reason)
    {
        if (kind == SlackKind.Command) return new SlackTaken(true, Ephemeral(reason));
        if (message.PlatformKey.Contains(":view:", StringComparison.Ordinal))
            return new SlackTaken(true, new JsonObject { ["response_action"] = "errors", ["errors"] = new JsonObject { [SlackInbound.ReasonField] = reason } });
        var told = SlackOutbound.Render(RichMessage.Text(PlainText.Escape(reason)), "refused").Pages[0];
        var (channel, thread, user) = (message.Conversation.Chat, message.Conversation.Thread, message.Actor.UserId);
        return new SlackTaken(true, After: token => message.Context.Group is null
            ? api.PostAsync(channel, thread, told, token)
            : api.PostEphemeralAsync(channel, thread, user, told, token));
    }

    private SlackTaken Drop(SlackKind kind, string reason)
    {
        drops.Add(reason);
        return kind == SlackKind.Command && reason == "external" ? new SlackTaken(true, Ephemeral("Only people of this workspace can use it.")) : SlackTaken.Quietly;
    }

    private async Task AskAsync(SlackQuestion question, InboundMessage press, CancellationToken cancellationToken)
    {
        var reply = await api.ViewsOpenAsync(question.Trigger, SlackOutbound.ReasonView(question), cancellationToken);
        if (reply.Ok) return;
        // The reason is optional; the decision is not lost with the window.
        LogNoModal(reply.Error ?? "");
        await inbox.AcceptAsync(press, cancellationToken);
    }

    private static JsonObject Ephemeral(string text) => new() { ["response_type"] = "ephemeral", ["text"] = SlackText.Escape(text) };
}
