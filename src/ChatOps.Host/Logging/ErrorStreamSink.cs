using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace ChatOps.Host.Logging;

/// <summary>Writes log lines to standard error; standard output belongs to results.</summary>
/// <param name="formatter">Makes the line.</param>
internal sealed class ErrorStreamSink(ITextFormatter formatter) : ILogEventSink
{
    /// <inheritdoc/>
    public void Emit(LogEvent logEvent)
    {
        using var line = new StringWriter();
        formatter.Format(logEvent, line);
        System.Console.Error.Write(line.ToString());
    }
}
