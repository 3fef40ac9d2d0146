using System.Globalization;
using ChatOps.Channels.Telegram.Client;
using ChatOps.Messages;

namespace ChatOps.Channels.Telegram;

/// <summary>
/// The steps between a button and its action: "is that meant?", and "why?". They happen on Telegram alone; the inbox gets the action when the step is over. What a restart must not lose (the sentence
/// of a confirm step, whose reason a reply is) is kept in the channel's state.
/// </summary>
internal sealed class TelegramQuestions(TelegramClient client, IChannelState state, TelegramShown shown, TelegramOptions options, TimeProvider time)
{
    private const int MaxRemembered = 5_000;
    private const int MaxSentence = 1_000;
    private const string Gone = "This is no longer open.";
    private const string TooQuick = "That was quick. Read what it does, and press again.";
    private const string TooOld = "This message is too old to be asked about here. Use the command on the card.";

    private static readonly TimeSpan KeepSentences = TimeSpan.FromDays(7);
    private static readonly TimeSpan KeepReasons = TimeSpan.FromHours(1);

    private readonly Recent<(long Chat, long Message, string Token), long> asked = new(MaxRemembered);
    private readonly Recent<(long Chat, long Message, string Token), long> prompts = new(MaxRemembered);
    private readonly Recent<string, string> sentences = new(MaxRemembered);

    /// <summary>Keeps the sentences of the confirm steps of a message that is about to be shown.</summary>
    public async Task KeepAsync(RichMessage content, CancellationToken cancellationToken)
    {
        foreach (var action in content.Blocks.OfType<ActionsBlock>().SelectMany(b => b.Actions))
        {
            if (action.Confirm is not { } sentence || (sentences.TryGet(action.Token, out var kept) && kept == sentence)) continue;
            await state.SetAsync(TelegramInbound.ChannelName, $"confirm:{action.Token}", Bounded(sentence), KeepSentences, cancellationToken);
            sentences.Set(action.Token, sentence);
        }
    }

    /// <summary>Takes a step that is no action yet.</summary>
    /// <returns>What the press is answered with.</returns>
    public async Task<string?> StepAsync(TelegramEvent.Pressed press, CancellationToken cancellationToken)
    {
        var token = press.Message.Text;
        var (chat, message) = (press.ChatId, press.Shown.MessageId);
        if (press.Shown.Date == 0) return TooOld;
        using var entered = await shown.EnterAsync(chat, message, cancellationToken);
        if (shown.Lacks(chat, message, token)) return Gone;
        var keyboard = press.Step == PressStep.Back
            ? TelegramKeyboards.Answered(press.Shown.ReplyMarkup, token)
            : TelegramKeyboards.Asking(press.Shown.ReplyMarkup, new PressData(press.Step, token));
        // Somebody else's press has changed it meanwhile: what they see now is right.
        if (keyboard is null) return null;
        var edited = await client.EditMarkupAsync(new TgRequest { ChatId = chat, MessageId = message, ReplyMarkup = keyboard }, cancellationToken);
        if (edited.IsOk || edited.IsNotModified) shown.Rekey(chat, message, keyboard);
        else if (edited.IsMessageGone) return Gone;
        switch (press.Step)
        {
            case PressStep.AskConfirm:
                asked.Set((chat, message, token), time.GetTimestamp());
                return await SentenceAsync(press, token, cancellationToken);
            case PressStep.AskReason:
                return await AskReasonAsync(press, token, cancellationToken);
            default:
                await EndAsync(chat, message, token, cancellationToken);
                return null;
        }
    }

    /// <summary>Why a press may not act yet, or null. A double tap must not be a yes.</summary>
    public string? WhyNotYet(TelegramEvent.Pressed press) =>
        asked.TryGet((press.ChatId, press.Shown.MessageId, press.Message.Text), out var since) && time.GetElapsedTime(since) < options.ConfirmDelay ? TooQuick : null;

    /// <summary>Whose and which action a reply to one of the bot's messages gives the reason for; null when it is a reply like any other.</summary>
    public async Task<ReasonPrompt?> FindAsync(long chat, long prompt, CancellationToken cancellationToken)
    {
        var value = await state.GetAsync(TelegramInbound.ChannelName, ReasonKey(chat, prompt), cancellationToken);
        return value?.Split('|') is [var token, var user, var card] && long.TryParse(card, NumberStyles.None, CultureInfo.InvariantCulture, out var message)
            ? new ReasonPrompt(prompt, token, user, message)
            : null;
    }

    /// <summary>The question about a token is over: nobody need be asked any longer.</summary>
    public async Task EndAsync(long chat, long message, string token, CancellationToken cancellationToken)
    {
        if (prompts.TryTake((chat, message, token), out var prompt)) await client.DeleteMessagesAsync(chat, [prompt], cancellationToken);
    }

    /// <summary>A reason has been given: it is not asked for again.</summary>
    public async Task AnsweredAsync(long chat, ReasonPrompt prompt, CancellationToken cancellationToken)
    {
        await state.SetAsync(TelegramInbound.ChannelName, ReasonKey(chat, prompt.MessageId), null, null, cancellationToken);
        prompts.TryTake((chat, prompt.CardId, prompt.Token), out _);
        await client.DeleteMessagesAsync(chat, [prompt.MessageId], cancellationToken);
    }

    private async Task<string> SentenceAsync(TelegramEvent.Pressed press, string token, CancellationToken cancellationToken)
    {
        if (!sentences.TryGet(token, out var sentence))
            sentence = await state.GetAsync(TelegramInbound.ChannelName, $"confirm:{token}", cancellationToken);
        return sentence ?? $"{TelegramKeyboards.LabelOf(press.Shown.ReplyMarkup, new PressData(PressStep.AskConfirm, token).Encoded)}?";
    }

    private async Task<string?> AskReasonAsync(TelegramEvent.Pressed press, string token, CancellationToken cancellationToken)
    {
        var (chat, card) = (press.ChatId, press.Shown.MessageId);
        await EndAsync(chat, card, token, cancellationToken);
        var name = press.Message.Actor.DisplayName is { Length: > 0 } shownAs ? shownAs : "You";
        var sent = await client.SendMessageAsync(new TgRequest
        {
            ChatId = chat,
            MessageThreadId = press.Shown is { IsTopicMessage: true } ? press.Shown.MessageThreadId : null,
            // Opens the input of this person alone, and the link is how Telegram knows whose.
            Text = $"<a href=\"tg://user?id={press.Message.Actor.UserId}\">{TelegramHtml.Escape(Rendering.InertText.Of(name))}</a>, why? Reply to this message with the reason.",
            ParseMode = "HTML",
            LinkPreviewOptions = new TgLinkPreview { IsDisabled = true },
            ReplyParameters = new TgReplyParameters { MessageId = card, AllowSendingWithoutReply = true },
            ReplyMarkup = new TgMarkup { ForceReply = true, Selective = true, InputFieldPlaceholder = "Why?" },
        }, cancellationToken);
        if (sent.Result is not { } prompt) return "Press again to go on without a reason.";
        prompts.Set((chat, card, token), prompt.MessageId);
        await state.SetAsync(
            TelegramInbound.ChannelName, ReasonKey(chat, prompt.MessageId), $"{token}|{press.Message.Actor.UserId}|{TelegramInbound.Number(card)}", KeepReasons, cancellationToken);
        return null;
    }

    private static string ReasonKey(long chat, long prompt) => $"reason:{TelegramInbound.Number(chat)}:{TelegramInbound.Number(prompt)}";

    private static string Bounded(string sentence) => sentence.Length <= MaxSentence ? sentence : sentence[..MaxSentence];
}
