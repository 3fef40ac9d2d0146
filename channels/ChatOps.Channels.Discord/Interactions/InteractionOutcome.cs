namespace ChatOps.Channels.Discord;

/// <summary>What an interaction is answered.</summary>
/// <param name="Answer">The first answer; null when it could not be stored and must not be answered.</param>
/// <param name="Handle">What can follow; null when nothing can.</param>
internal sealed record InteractionOutcome(InteractionAnswer? Answer, InteractionHandle? Handle = null)
{
    /// <summary>The store is away.</summary>
    public static readonly InteractionOutcome NotTaken = new((InteractionAnswer?)null);

    private const int Ephemeral = 1 << 6;

    /// <summary>Words that only the person sees.</summary>
    public static InteractionOutcome Tell(string text) => new(new InteractionAnswer(
        InteractionKind.Message, new InteractionAnswerData(DiscordOutbound.Cut(DiscordMarkdown.Escape(text), DiscordLimits.Content), Ephemeral, DiscordOutbound.Nobody)));

    /// <summary>A question that only the person sees, with a button.</summary>
    public static InteractionAnswer Ask(string question, string label, ButtonId yes) => new(InteractionKind.Message, new InteractionAnswerData(
        DiscordOutbound.Cut(DiscordMarkdown.Escape(question), DiscordLimits.Content), Ephemeral, DiscordOutbound.Nobody,
        [new Component(ComponentType.Row, Components: [new Component(ComponentType.Button, 4, DiscordOutbound.Cut(label, DiscordLimits.ButtonLabel), yes.ToString())])]));

    /// <summary>The ephemeral question, answered.</summary>
    public static InteractionAnswer Replace(string text) =>
        new(InteractionKind.Update, new InteractionAnswerData(DiscordMarkdown.Escape(text), AllowedMentions: DiscordOutbound.Nobody, Components: []));

    /// <summary>A form for a reason.</summary>
    public static InteractionAnswer Form(string title, ButtonId id) => new(InteractionKind.ShowModal, new InteractionAnswerData(
        CustomId: id.ToString(), Title: DiscordOutbound.Cut(title, DiscordLimits.ModalTitle), Components:
        [
            new Component(ComponentType.Label, Label: "Reason (may be left empty)", Inner:
                new Component(ComponentType.TextInput, 2, CustomId: "reason", Required: false, MaxLength: DiscordLimits.Reason)),
        ]));
}
