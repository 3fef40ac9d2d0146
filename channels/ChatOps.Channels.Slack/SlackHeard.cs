using ChatOps.Messages;

namespace ChatOps.Channels.Slack;

/// <summary>What the gateway makes of something that Slack tells: a message, a question to put first, or nothing for a reason.</summary>
internal sealed record SlackHeard
{
    /// <summary>What goes to the inbox.</summary>
    public InboundMessage? Message { get; private init; }

    /// <summary>Why it is none: a fixed word, counted.</summary>
    public string? Dropped { get; private init; }

    /// <summary>A press that asks for a reason first.</summary>
    public SlackQuestion? Question { get; private init; }

    /// <summary>Where an answer can be posted without membership, for half an hour.</summary>
    public string ResponseAddress { get; init; } = "";

    /// <summary>A message.</summary>
    public static SlackHeard Of(InboundMessage message) => new() { Message = message };

    /// <summary>Nothing.</summary>
    public static SlackHeard Drop(string reason) => new() { Dropped = reason };

    /// <summary>A question first.</summary>
    /// <param name="question">What to ask.</param>
    /// <param name="press">The press itself, for when asking fails.</param>
    public static SlackHeard Ask(SlackQuestion question, InboundMessage press) => new() { Question = question, Message = press };
}
