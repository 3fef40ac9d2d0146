namespace ChatOps.Cli.Terminal;

/// <summary>Shows on a terminal's standard error that something goes on; shows nothing anywhere else.</summary>
internal sealed class Spinner : IDisposable
{
    private const string Frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private const string ClearLine = "\r\u001b[K";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly CliStreams streams;
    private readonly ITimer? timer;
    private readonly Lock drawing = new();
    private string label;
    private int frame;
    private bool stopped;

    /// <summary>Starts it.</summary>
    public Spinner(CliStreams streams, string label)
    {
        this.streams = streams;
        this.label = label;
        if (streams.ErrorIsTerminal) timer = TimeProvider.System.CreateTimer(_ => Draw(), null, Interval, Interval);
    }

    /// <summary>Changes what it says.</summary>
    public void Show(string text)
    {
        lock (drawing) label = TerminalText.Inert(text);
    }

    /// <summary>Takes it away while something else is printed.</summary>
    public void Around(Action print)
    {
        lock (drawing)
        {
            if (frame > 0 && !stopped) streams.Error.Write(ClearLine);
            print();
        }
    }

    /// <summary>Takes it away.</summary>
    public void Dispose()
    {
        timer?.Dispose();
        lock (drawing)
        {
            if (!stopped && frame > 0) streams.Error.Write(ClearLine);
            stopped = true;
        }
    }

    private void Draw()
    {
        lock (drawing)
        {
            if (stopped) return;
            streams.Error.Write($"{ClearLine}{Frames[frame++ % Frames.Length]} {label}");
        }
    }
}
