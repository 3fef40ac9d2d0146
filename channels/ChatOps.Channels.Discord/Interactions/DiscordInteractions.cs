using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Channels.Discord;

/// <summary>Commands, buttons and forms: to the inbox, and Discord's first answer, which is given only after the commit and within three seconds.</summary>
internal sealed class DiscordInteractions(
    IInbox inbox, DiscordCommands commands, DiscordThreads threads, InteractionHandles handles, DiscordTitles titles)
{
    private const string NotOurs = "This button is not one of ours any more. Use the command instead, or ask for the card again.";

    /// <summary>Handles one.</summary>
    public async Task<InteractionOutcome> HandleAsync(DiscordInteraction interaction, CancellationToken cancellationToken)
    {
        if (interaction.Type == InteractionKind.Ping) return new InteractionOutcome(new InteractionAnswer(InteractionKind.Pong));
        var user = interaction.Member?.User ?? interaction.User;
        if (user is null || user.Bot || !Snowflake.IsOne(user.Id) || !Snowflake.IsOne(interaction.Id) || !Snowflake.IsOne(interaction.ChannelId ?? interaction.Channel?.Id) || interaction.Data is null)
            return InteractionOutcome.Tell("Discord sent something that is not understood here. Try it again.");
        var actor = DiscordInbound.Who(user, interaction.Member);
        try
        {
            return interaction.Type switch
            {
                InteractionKind.Command => await CommandAsync(interaction, interaction.Data, actor, cancellationToken),
                InteractionKind.Autocomplete => await commands.CompleteAsync(interaction.Data, actor, cancellationToken),
                InteractionKind.Component => await PressAsync(interaction, interaction.Data, actor, cancellationToken),
                InteractionKind.Modal => await FormAsync(interaction, interaction.Data, actor, cancellationToken),
                _ => InteractionOutcome.Tell("This kind of interaction is not known here."),
            };
        }
        catch (StoreUnavailableException)
        {
            return InteractionOutcome.NotTaken;
        }
    }

    private async Task<InteractionOutcome> CommandAsync(DiscordInteraction interaction, InteractionData data, Actor actor, CancellationToken cancellationToken)
    {
        var (line, problem) = commands.Line(data);
        if (line is null) return InteractionOutcome.Tell(problem ?? "This command is not known.");
        var conversation = await ConversationAsync(interaction, interaction.Id, cancellationToken);
        titles.Note(interaction.Id, line);
        var handle = handles.Open(interaction, actor.UserId, conversation, line);
        if (conversation.Thread == interaction.Id) handles.Opens(conversation, handle);
        return await AcceptAsync(interaction, conversation, actor, InboundKind.Text, line, handle, new InteractionAnswer(InteractionKind.Deferred), cancellationToken);
    }

    private async Task<InteractionOutcome> PressAsync(DiscordInteraction interaction, InteractionData data, Actor actor, CancellationToken cancellationToken)
    {
        if (ButtonId.Parse(data.CustomId) is not { } button) return InteractionOutcome.Tell(NotOurs);
        var message = button.Message.Length > 0 ? button.Message : interaction.Message?.Id ?? "";
        var label = Label(interaction.Message, data.CustomId) ?? "Yes";
        switch (button.Step)
        {
            case ButtonStep.Ask:
                var question = await threads.QuestionAsync(button.Token, cancellationToken) ?? $"“{label}”: really?";
                return new InteractionOutcome(InteractionOutcome.Ask(question, label.StartsWith("Yes", StringComparison.Ordinal) ? label : $"Yes, {label}", new ButtonId(ButtonStep.Yes, button.Token, message)));
            case ButtonStep.Why:
                return new InteractionOutcome(InteractionOutcome.Form(label, button with { Message = message }));
            default:
                var conversation = await ConversationAsync(interaction, message, cancellationToken);
                var handle = handles.Open(interaction, actor.UserId, conversation, null);
                var answer = button.Step == ButtonStep.Yes ? InteractionOutcome.Replace("Sent. The card shows what comes of it.") : new InteractionAnswer(InteractionKind.DeferredUpdate);
                return await AcceptAsync(interaction, conversation, actor, InboundKind.Action, button.Token, handle, answer, cancellationToken);
        }
    }

    private async Task<InteractionOutcome> FormAsync(DiscordInteraction interaction, InteractionData data, Actor actor, CancellationToken cancellationToken)
    {
        if (ButtonId.Parse(data.CustomId) is not { Step: ButtonStep.Why } button) return InteractionOutcome.Tell(NotOurs);
        var reason = (Value(data.Components, depth: 0) ?? "").ReplaceLineEndings(" ").Trim();
        reason = DiscordOutbound.Cut(reason, DiscordLimits.Reason);
        var conversation = await ConversationAsync(interaction, button.Message, cancellationToken);
        var handle = handles.Open(interaction, actor.UserId, conversation, null);
        return await AcceptAsync(interaction, conversation, actor, InboundKind.Action, reason.Length == 0 ? button.Token : $"{button.Token} {reason}", handle,
            new InteractionAnswer(InteractionKind.DeferredUpdate), cancellationToken);
    }

    private async Task<InteractionOutcome> AcceptAsync(
        DiscordInteraction interaction, ConversationKey conversation, Actor actor, InboundKind kind, string text, InteractionHandle handle, InteractionAnswer answer,
        CancellationToken cancellationToken)
    {
        var receipt = await inbox.AcceptAsync(new InboundMessage($"{DiscordChannel.ChannelName}:i:{interaction.Id}", conversation, actor, kind, text)
        {
            Context = new InboundContext { Group = interaction.GuildId is null ? null : DiscordInbound.Name(interaction.Channel?.Name is { Length: > 0 } name ? "#" + name : "a channel") },
        }, cancellationToken);
        if (receipt.ComesAgain) return InteractionOutcome.NotTaken;
        if (receipt.InboxId is not { } inboxId) return InteractionOutcome.Tell(receipt.Reason ?? "It was not taken.");
        handles.Name(inboxId, handle);
        return new InteractionOutcome(answer, handle);
    }

    /// <summary>A conversation: the thread's own, the one that a message of ours belongs to, or one that begins at the interaction.</summary>
    private async Task<ConversationKey> ConversationAsync(DiscordInteraction interaction, string begins, CancellationToken cancellationToken)
    {
        var channel = interaction.ChannelId ?? interaction.Channel!.Id;
        if (interaction.GuildId is null) return new ConversationKey(DiscordChannel.ChannelName, channel);
        if (interaction.Channel is { ParentId: { } parent } thread && ChannelType.IsThread(thread.Type))
        {
            var conversation = await threads.ConversationOfThreadAsync(channel, cancellationToken);
            if (interaction.Type == InteractionKind.Command) await threads.OpenedAsync(conversation, channel, cancellationToken);
            return new ConversationKey(DiscordChannel.ChannelName, parent, conversation);
        }

        var known = begins.Length > 0 && begins != interaction.Id ? await threads.ConversationOfMessageAsync(begins, cancellationToken) : null;
        return new ConversationKey(DiscordChannel.ChannelName, channel, known ?? (begins.Length > 0 ? begins : interaction.Id));
    }

    private static string? Label(DiscordMessage? message, string? customId)
    {
        return Find(message?.Components, 0);

        string? Find(IReadOnlyList<Component>? components, int depth)
        {
            if (components is null || depth > 4) return null;
            foreach (var component in components)
            {
                if (component.CustomId == customId && component.Label is { Length: > 0 } label) return label;
                if (Find(component.Components, depth + 1) is { } inner) return inner;
            }

            return null;
        }
    }

    // In a label, or in a row as older clients send it.
    private static string? Value(IReadOnlyList<Component>? components, int depth)
    {
        if (components is null || depth > 4) return null;
        foreach (var component in components)
        {
            var value = component.Value ?? component.Inner?.Value ?? Value(component.Components, depth + 1);
            if (value is not null) return value;
        }

        return null;
    }
}
