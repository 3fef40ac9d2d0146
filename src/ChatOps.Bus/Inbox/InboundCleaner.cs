using ChatOps.Messages;
using ChatOps.Secrets;

namespace ChatOps.Bus;

/// <summary>
/// Makes what people (and platforms) wrote fit for the store: control, bidirectional and invisible characters first, because they could hide a secret from the
/// redactor, then secrets. The token of a button is left alone, the reason typed behind it is not.
/// </summary>
internal sealed class InboundCleaner(IRedactor redactor)
{
    private const int MaxNameLength = 100;

    /// <summary>Cleans a message that <see cref="InboundRules"/> let pass.</summary>
    public CleanText Clean(InboundMessage message)
    {
        var name = message.Actor.DisplayName is { } shown ? Name(shown) : null;
        var context = message.Context with { Heard = null, Group = message.Context.Group is { } group ? Name(group) : null, Files = [.. message.Context.Files.Select(Clean)] };
        if (message.Kind == InboundKind.Text) return new CleanText(Clean(message.Text), name, context);
        var space = message.Text.IndexOf(' ');
        return new CleanText(space < 0 ? message.Text : message.Text[..(space + 1)] + Clean(message.Text[(space + 1)..]), name, context);
    }

    // What a sender calls a file is for people to read, never a path.
    private InboundFile Clean(InboundFile file) => file with
    {
        Name = Name(file.Name).Replace('/', '_').Replace('\\', '_') is { Length: > 0 } name ? name : "file",
        MediaType = file.MediaType is { } type ? Name(type) : null,
    };

    private string Name(string text)
    {
        var name = Clean(text).ReplaceLineEndings(" ").Trim();
        if (name.Length <= MaxNameLength) return name;
        return name[..(char.IsHighSurrogate(name[MaxNameLength - 1]) ? MaxNameLength - 1 : MaxNameLength)];
    }

    private string Clean(string text) => redactor.Redact(redactor.Neutralise(text));
}
