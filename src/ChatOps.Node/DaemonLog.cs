using System.Globalization;
using Microsoft.Extensions.Logging;

namespace ChatOps.Node;

/// <summary>The daemon's log: one line a thing, on standard error, where the service manager picks it up.</summary>
internal sealed class DaemonLog(TextWriter writer, TimeProvider time) : ILogger
{
    private readonly Lock gate = new();

    /// <summary>Says something.</summary>
    public void Say(string text)
    {
        lock (gate)
        {
            writer.WriteLine($"{time.GetUtcNow().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)} {Inert(text)}");
            writer.Flush();
        }
    }

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel)) Say(formatter(state, exception) + (exception is null ? "" : $": {exception.Message}"));
    }

    // What the other end says is text of somebody else's.
    private static string Inert(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);
}
