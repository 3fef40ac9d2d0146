using ChatOps.Messages;
using ChatOps.Secrets;

namespace ChatOps.Bus;

/// <summary>
/// Makes what people (and platforms) wrote fit for the store: control, bidirectional and invisible characters first, because they could hide a secret from the
/// redactor, then secrets. The token of a button is left alone, the reason typed behind it is not.
/// </summary>
internal sealed class InboundCleaner(IRedactor redactor)
{
    private const int MaxDisplayNameLength = 100;

    /// <summary>Cleans a message that <see cref="InboundRules"/> let pass.</summary>
    public CleanText Clean(InboundMessage message)
    {
        var name = message.Actor.DisplayName is { } shown ? Clean(shown).ReplaceLineEndings(" ").Trim() : null;
        if (name?.Length > MaxDisplayNameLength) name = name[..MaxDisplayNameLength];
        if (message.Kind == InboundKind.Text) return new CleanText(Clean(message.Text), name);
        var space = message.Text.IndexOf(' ');
        return new CleanText(space < 0 ? message.Text : message.Text[..(space + 1)] + Clean(message.Text[(space + 1)..]), name);
    }

    private string Clean(string text) => redactor.Redact(redactor.Neutralise(text));
}
