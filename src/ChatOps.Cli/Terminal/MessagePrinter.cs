using System.Globalization;
using ChatOps.Messages;
using Spectre.Console;

namespace ChatOps.Cli.Terminal;

/// <summary>Prints what the gateway says: tables, cards and colours on a terminal; plain text for a pipe.</summary>
/// <param name="streams">Where.</param>
internal sealed class MessagePrinter(CliStreams streams)
{
    private const int PlainColumnGap = 2;

    private readonly IAnsiConsole? console = streams.OutputIsTerminal
        ? AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(streams.Output),
            Ansi = streams.Colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = streams.Colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        })
        : null;

    /// <summary>Prints a message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="outputWasShown">Whether its output was printed live: then it is not printed again.</param>
    public void Print(RichMessage message, bool outputWasShown = false)
    {
        var codes = message.Blocks.Count(b => b is CodeBlock);
        foreach (var block in message.Blocks)
        {
            switch (block)
            {
                case TextBlock text: PrintText(text); break;
                case CodeBlock code: PrintCode(code, codes > 1, outputWasShown); break;
                case FieldsBlock fields: PrintFields(fields); break;
                case TableBlock table: PrintTable(table); break;
                case ProgressBlock progress: Line(progress.Total is { } total ? $"{progress.Label}: {progress.Done} of {total}" : progress.Label, "grey"); break;
                case FileBlock file: Line($"{(file.Name.EndsWith(".png", StringComparison.Ordinal) ? "A picture" : "The whole output")} is kept: {file.Name} ({Size(file.Bytes)}), file {file.FileId}", "grey"); break;
                case CardBlock card: PrintCard(card); break;
                case PageBlock { Address: { } address } page: Line($"{page.Label}: {address}", "grey"); break;
            }
        }

        streams.Output.Flush();
    }

    /// <summary>Prints a line of the result.</summary>
    public void Line(string text, string style = "")
    {
        text = TerminalText.Inert(text);
        if (console is null || style.Length == 0) streams.Output.WriteLine(text);
        else console.MarkupLine($"[{style}]{Markup.Escape(text)}[/]");
    }

    private void PrintText(TextBlock text)
    {
        var markdown = TerminalText.Inert(text.Markdown);
        var (icon, style) = text.Tone switch
        {
            Tone.Ok => ("✓ ", "green"),
            Tone.Waiting => ("… ", "yellow"),
            Tone.Refused => ("✗ ", "red"),
            Tone.Failed => ("✗ ", "red"),
            Tone.Unknown => ("? ", "purple"),
            _ => ("", ""),
        };
        if (console is null) streams.Output.WriteLine(MarkdownText.Plain(markdown));
        else console.MarkupLine((style.Length == 0 ? "" : $"[{style}]{icon}[/]") + MarkdownText.Markup(markdown));
    }

    // A pipe gets the output alone when there is one; with several, each has its title.
    private void PrintCode(CodeBlock code, bool several, bool outputWasShown)
    {
        if (code.Title is { } title && (console is not null || several)) Line(title, "grey");
        if (outputWasShown) return;
        var text = TerminalText.Inert(code.Text, streams.Colours);
        streams.Output.Write(text);
        if (!text.EndsWith('\n')) streams.Output.WriteLine();
        if (streams.Colours && text.Contains('\u001b', StringComparison.Ordinal)) streams.Output.Write("\u001b[0m");
    }

    private void PrintFields(FieldsBlock fields)
    {
        var width = fields.Fields.Select(f => f.Label.Length).DefaultIfEmpty(0).Max();
        foreach (var field in fields.Fields)
        {
            var label = TerminalText.Inert(field.Label).PadRight(width);
            var value = TerminalText.Inert(field.Value);
            if (console is null) streams.Output.WriteLine($"{label}  {value}");
            else console.MarkupLine($"[grey]{Markup.Escape(label)}[/]  {Markup.Escape(value)}");
        }
    }

    private void PrintTable(TableBlock block)
    {
        if (console is null)
        {
            PrintPlainTable(block);
            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in block.Columns) table.AddColumn(new TableColumn(new Text(TerminalText.Inert(column), new Style(decoration: Decoration.Bold))));
        foreach (var row in block.Rows) table.AddRow(row.Select(cell => new Text(TerminalText.Inert(cell))));
        console.Write(table);
    }

    private void PrintPlainTable(TableBlock block)
    {
        var rows = new[] { block.Columns }.Concat(block.Rows).Select(r => r.Select(c => TerminalText.Inert(c).ReplaceLineEndings(" ")).ToList()).ToList();
        var widths = Enumerable.Range(0, block.Columns.Count).Select(i => rows.Max(r => r[i].Length) + PlainColumnGap).ToList();
        foreach (var row in rows) streams.Output.WriteLine(string.Concat(row.Select((cell, i) => i == row.Count - 1 ? cell : cell.PadRight(widths[i]))).TrimEnd());
    }

    private void PrintCard(CardBlock card)
    {
        var risk = card.Risk.ToString().ToLowerInvariant();
        var title = TerminalText.Inert(card.Title);
        if (console is null)
        {
            streams.Output.WriteLine($"{title} [{risk}, {card.State}] approval {card.ApprovalId}");
            return;
        }

        var colour = card.Risk switch { Policy.Risk.Read => "grey", Policy.Risk.Change => "yellow", _ => "red" };
        console.Write(new Panel(new Markup($"[bold]{Markup.Escape(title)}[/]\n[{colour}]{risk}[/] · {card.State} · approval [bold]{Markup.Escape(card.ApprovalId)}[/]"))
        {
            Border = BoxBorder.Rounded,
        });
    }

    private static string Size(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.#} KiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0 / 1024:0.#} MiB"),
    };
}
