using ChatOps.Channels.Telegram.Client;
using ChatOps.Messages;
using ChatOps.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Channels.Telegram;

/// <summary>Takes one update to its end: into the inbox, to the step of a question, or away.</summary>
internal sealed partial class TelegramReceiver(
    TelegramLink link, TelegramChats chats, TelegramQuestions questions, TelegramPresses presses, TelegramThreads threads, TelegramTyping typing, TelegramMetrics metrics, IInbox inbox, IChannelCommands commands,
    ILogger<TelegramReceiver> logger)
{
    private const int MaxFailing = 1_000;
    private const int MaxTries = 3;

    private readonly Recent<long, int> failing = new(MaxFailing);

    /// <summary>Handles an update.</summary>
    /// <param name="update">What happened; null for something that cannot be read.</param>
    /// <param name="me">The bot.</param>
    /// <param name="cancellationToken">The channel stops.</param>
    /// <returns>Whether Telegram may forget it; when not, it comes again.</returns>
    public async Task<bool> ReceiveAsync(TgUpdate? update, TgUser me, CancellationToken cancellationToken)
    {
        link.Health.Heard();
        try
        {
            return (update is null ? new TelegramEvent.Dropped("unreadable") : TelegramInbound.Convert(update, me)) switch
            {
                TelegramEvent.Said said => await SaidAsync(said, cancellationToken),
                TelegramEvent.Pressed press => await PressedAsync(press, cancellationToken),
                TelegramEvent.Puzzling puzzling => Puzzled(puzzling),
                TelegramEvent.Migrated migrated => await MigratedAsync(migrated, cancellationToken),
                TelegramEvent.Dropped dropped => Drop(dropped.Reason),
                var other => throw new InvalidOperationException($"An event of type {other.GetType().Name} is not handled."),
            };
        }
        catch (StoreUnavailableException)
        {
            return false;
        }
        catch (Exception error) when (error is not (OperationCanceledException or ChannelFatalException))
        {
            // A boundary: one update that cannot be handled must not hold up all others for ever. It comes again some times, and then it is given up.
            return GiveUp(update?.UpdateId ?? 0, error);
        }
    }

    private bool GiveUp(long id, Exception error)
    {
        var tries = failing.TryTake(id, out var before) ? before + 1 : 1;
        LogFailed(id, tries, error.GetType().Name);
        if (tries >= MaxTries) return Drop("poison");
        failing.Set(id, tries);
        return false;
    }

    private async Task<bool> SaidAsync(TelegramEvent.Said said, CancellationToken cancellationToken)
    {
        var message = await HomeAsync(said.Message, said.ChatId, said.RepliesTo, cancellationToken);
        if (said.RepliesTo is { } prompt && await questions.FindAsync(said.ChatId, prompt, cancellationToken) is { } reason)
            return reason.UserId == message.Actor.UserId ? await ReasonAsync(said, message, reason, cancellationToken) : Drop("not-asked");
        message = message with { Text = TelegramMenu.Read(message.Text, commands.All) };
        var receipt = await inbox.AcceptAsync(message, cancellationToken);
        if (receipt.ComesAgain) return false;
        if (receipt.Status == InboxStatus.Accepted) typing.Begin(message.Conversation, said.ChatId, cancellationToken);
        if (receipt is { Status: InboxStatus.Refused, Reason: { } why }) await TellAsync(said, why, cancellationToken);
        return true;
    }

    private async Task<bool> ReasonAsync(TelegramEvent.Said said, InboundMessage message, ReasonPrompt reason, CancellationToken cancellationToken)
    {
        var action = message with { Kind = InboundKind.Action, Text = $"{reason.Token} {message.Text}".TrimEnd(), Context = message.Context with { Files = [] } };
        var receipt = await inbox.AcceptAsync(action, cancellationToken);
        if (receipt.ComesAgain) return false;
        if (receipt is { Status: InboxStatus.Refused, Reason: { } why }) await TellAsync(said, why, cancellationToken);
        await questions.AnsweredAsync(said.ChatId, reason, cancellationToken);
        return true;
    }

    private async Task<bool> PressedAsync(TelegramEvent.Pressed press, CancellationToken cancellationToken)
    {
        if (press.Step != PressStep.Act)
        {
            presses.Answer(press.PressId, await questions.StepAsync(press, cancellationToken));
            return true;
        }

        if (questions.WhyNotYet(press) is { } notYet)
        {
            presses.Answer(press.PressId, notYet);
            return true;
        }

        var message = await HomeAsync(press.Message, press.ChatId, press.Shown.MessageId, cancellationToken);
        var receipt = new InboxReceipt(InboxStatus.Refused, null);
        presses.Accepting();
        try
        {
            receipt = await inbox.AcceptAsync(message, cancellationToken);
        }
        finally
        {
            presses.Accepted(receipt.Status == InboxStatus.Accepted ? receipt.InboxId : null, press.PressId, message.Actor.UserId);
        }

        // Telegram delivers a press for 150 seconds: it comes again.
        if (receipt.ComesAgain) return false;
        if (receipt.Status != InboxStatus.Accepted) presses.Answer(press.PressId, receipt.Reason);
        await questions.EndAsync(press.ChatId, press.Shown.MessageId, press.Message.Text, cancellationToken);
        return true;
    }

    private async Task<bool> MigratedAsync(TelegramEvent.Migrated migrated, CancellationToken cancellationToken)
    {
        await chats.MigrateAsync(migrated.From, migrated.To, cancellationToken);
        return Drop("migrated");
    }

    private bool Puzzled(TelegramEvent.Puzzling puzzling)
    {
        presses.Answer(puzzling.PressId, puzzling.Answer);
        return Drop("unknown-button");
    }

    private bool Drop(string reason)
    {
        metrics.Dropped(reason);
        return true;
    }

    // The conversation as it is known here: by the id that its chat began with, and by the chain that the answered message belongs to.
    private async Task<InboundMessage> HomeAsync(InboundMessage message, long chat, long? answered, CancellationToken cancellationToken)
    {
        var ours = await chats.ToOursAsync(chat, cancellationToken);
        var chain = answered is { } id ? await threads.OfAsync(chat, id, cancellationToken) : null;
        return message with { Conversation = message.Conversation with { Chat = TelegramInbound.Number(ours), Thread = chain ?? message.Conversation.Thread } };
    }

    // Not through the outbox: what was not taken has no place in the store.
    private async Task TellAsync(TelegramEvent.Said said, string why, CancellationToken cancellationToken)
    {
        if (link.Pace.Wait(said.ChatId) > TimeSpan.Zero) return;
        var told = await link.Client.SendMessageAsync(new TgRequest
        {
            ChatId = said.ChatId,
            MessageThreadId = TelegramPlace.Of(said.Message.Conversation)?.Topic,
            Text = Rendering.InertText.Of(why),
            ReplyParameters = new TgReplyParameters { MessageId = said.MessageId, AllowSendingWithoutReply = true },
            LinkPreviewOptions = new TgLinkPreview { IsDisabled = true },
        }, cancellationToken);
        if (told.IsTooFast) link.Pace.Pause(said.ChatId, told.RetryAfter);
    }
}
