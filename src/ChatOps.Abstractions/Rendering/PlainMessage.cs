using System.Globalization;
using ChatOps.Messages;

namespace ChatOps.Rendering;

/// <summary>A message as plain text: for notifications, for platforms' fallback fields and wherever nothing richer can be shown. Buttons are left out; nothing in it is markup of ours.</summary>
public static class PlainMessage
{
    private const int Kibi = 1024;

    /// <summary>All blocks, with an empty line between them.</summary>
    /// <param name="message">The message.</param>
    /// <param name="columns">How wide a table's grid may be.</param>
    public static string Of(RichMessage message, int columns = TableText.PhoneColumns) =>
        string.Join("\n\n", message.Blocks.Select(b => Of(b, columns)).Where(t => t.Length > 0));

    /// <summary>One block; empty for buttons.</summary>
    /// <param name="block">The block.</param>
    /// <param name="columns">How wide a table's grid may be.</param>
    public static string Of(Block block, int columns = TableText.PhoneColumns) => block switch
    {
        TextBlock text => ToneSign.Of(text.Tone).Prefix + InertText.Of(RestrictedMarkdown.ToPlainText(text.Markdown)),
        CodeBlock { Title: { } title } code => $"{InertText.Of(title)}\n{TerminalText.Plain(code.Text)}",
        CodeBlock code => TerminalText.Plain(code.Text),
        FieldsBlock fields => string.Join('\n', fields.Fields.Select(f => InertText.Of($"{f.Label}: {f.Value}"))),
        TableBlock table => TableText.Of(table, columns).Text,
        ProgressBlock progress => InertText.Of(Progress(progress)),
        FileBlock file => InertText.Of($"{file.Name} ({Size(file.Bytes)})"),
        CardBlock card => InertText.Of($"{card.Title}\n{card.Risk.ToString().ToLowerInvariant()} · {card.State} · approval {card.ApprovalId}"),
        PageBlock page => Page(page),
        ActionsBlock => "",
        _ => throw new ArgumentException($"A block of type {block.GetType().Name} has no plain text.", nameof(block)),
    };

    /// <summary>A page of the console: <c>Every node: https://…</c>; empty when its address is of no use to anybody.</summary>
    public static string Page(PageBlock page) => page.Address is { } address ? InertText.Of($"{page.Label}: {address}") : "";

    /// <summary>How far something is, in words: <c>Copies files: 3 of 7</c>.</summary>
    public static string Progress(ProgressBlock progress) => progress switch
    {
        { Total: { } total } => string.Create(CultureInfo.InvariantCulture, $"{progress.Label}: {progress.Done} of {total}"),
        { Done: > 0 } => string.Create(CultureInfo.InvariantCulture, $"{progress.Label}: {progress.Done}"),
        _ => progress.Label,
    };

    /// <summary>A size for people: <c>12 KiB</c>.</summary>
    public static string Size(long bytes) => bytes switch
    {
        < Kibi => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < Kibi * Kibi => string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / Kibi:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / Kibi / Kibi:0.#} MiB"),
    };
}
