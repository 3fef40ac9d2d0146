using System.Text.Json;
using ChatOps.Cli.Terminal;

namespace ChatOps.Cli.Commands;

/// <summary>Shows on a terminal what a running tool says: a spinner until something comes, then the output itself.</summary>
internal sealed class LiveOutput : IDisposable
{
    private readonly CliStreams streams;
    private readonly Spinner? spinner;
    private string? lastNode;
    private bool atLineStart = true;

    /// <summary>Starts it.</summary>
    public LiveOutput(CliStreams streams, bool json)
    {
        this.streams = streams;
        IsUseful = streams.OutputIsTerminal && !json;
        if (streams.ErrorIsTerminal && !json) spinner = new Spinner(streams, "working");
    }

    /// <summary>Whether anybody looks; otherwise only the outcome is wanted.</summary>
    public bool IsUseful { get; }

    /// <summary>Whether output was shown, so that it need not be printed again.</summary>
    public bool Shown { get; private set; }

    /// <summary>Shows an event.</summary>
    public void Show(JsonElement line)
    {
        switch (line.GetProperty("event").GetString())
        {
            case "output":
                spinner?.Dispose();
                ShowOutput(line.GetProperty("node").GetString()!, TerminalText.Inert(line.GetProperty("text").GetString()!, streams.Colours));
                break;
            case "progress":
                var total = line.TryGetProperty("total", out var all) ? $" {line.GetProperty("done").GetInt64()} of {all.GetInt64()}" : "";
                spinner?.Show($"{line.GetProperty("label").GetString()}{total}");
                break;
            case "dropped":
                // The outcome has the output whole; printing it then is the honest repair of a gap.
                Dropped = true;
                break;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        spinner?.Dispose();
        if (!atLineStart) streams.Output.WriteLine();
        if (Dropped) Shown = false;
        streams.Output.Flush();
    }

    private bool Dropped { get; set; }

    private void ShowOutput(string node, string text)
    {
        if (text.Length == 0) return;
        if (lastNode is not null && lastNode != node)
        {
            if (!atLineStart) streams.Output.WriteLine();
            streams.Output.WriteLine($"— {TerminalText.Inert(node)}");
        }

        lastNode = node;
        streams.Output.Write(text);
        streams.Output.Flush();
        atLineStart = text.EndsWith('\n');
        Shown = true;
    }
}
