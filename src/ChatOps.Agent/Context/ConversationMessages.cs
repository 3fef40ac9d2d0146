using ChatOps.Agent.Commands;
using ChatOps.Agent.Turns.Steps;
using ChatOps.Messages;
using ChatOps.Rendering;
using ChatOps.Storage;
using Microsoft.Extensions.AI;

namespace ChatOps.Agent.Context;

/// <summary>Exchanges as a model reads them. What people wrote is theirs; what commands and plans brought is fenced; only prose that answered prose is the model's own.</summary>
internal static class ConversationMessages
{
    /// <summary>Characters of one answer of the gateway that are kept; the rest is in the conversation and the audit.</summary>
    public const int MaxReply = 4000;

    private const int MaxName = 64;

    /// <summary>The messages of an exchange.</summary>
    public static IEnumerable<ChatMessage> Of(Exchange exchange)
    {
        foreach (var item in exchange.Items) yield return Person(item);
        foreach (var message in StepText.Messages(exchange.Steps)) yield return message;
        foreach (var reply in exchange.Replies)
        {
            // The model's own words stand in its steps; what else is shown is the gateway's.
            var blocks = exchange.Steps.Count == 0 ? reply.Content.Blocks : [.. reply.Content.Blocks.Where(b => !IsProse(b))];
            var text = ShortText.Of(PlainMessage.Of(new RichMessage(blocks)), MaxReply);
            if (text.Length == 0) continue;
            yield return blocks.All(IsProse) && exchange.Items is [var item, ..] && !ChatCommandLine.IsCommand(item.Text)
                ? new ChatMessage(ChatRole.Assistant, text)
                : new ChatMessage(ChatRole.User, OutsideText.Fence(Source(exchange), text));
        }
    }

    /// <summary>What somebody wrote; in a group with the name of who did.</summary>
    public static ChatMessage Person(InboxItem item)
    {
        var text = item.Context.Heard is { } heard ? Words(item.Text, heard.Text) : item.Text;
        return new(ChatRole.User, item.Context.Group is null ? text : $"[{Name(item)}] {text}");
    }

    // A turn on a voice note has the words in its text already.
    private static string Words(string written, string heard) =>
        written.Contains(heard, StringComparison.Ordinal) ? written : string.Join('\n', new[] { written.Trim(), heard }.Where(t => t.Length > 0));

    private static bool IsProse(Block block) => block is TextBlock { Tone: Tone.Plain };

    private static string Source(Exchange exchange) => exchange.Items switch
    {
        [] => "the gateway's own notice",
        [var item, ..] when ChatCommandLine.IsCommand(item.Text) => "answer to the command above",
        _ => "what the gateway showed",
    };

    private static string Name(InboxItem item)
    {
        var name = InertText.Of((item.Actor.DisplayName ?? item.Actor.UserId).ReplaceLineEndings(" ")).Replace('[', '(').Replace(']', ')').Trim();
        return name.Length <= MaxName ? name : TextSplitter.Split(name, MaxName, static t => t.Length, fenced: false)[0] + "…";
    }
}
