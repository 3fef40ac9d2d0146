using ChatOps.Secrets;
using Serilog.Events;
using Serilog.Formatting;

namespace ChatOps.Host.Logging;

/// <summary>Lets a formatter write, then takes secrets and control characters out of what it wrote: one place for every log sink.</summary>
/// <param name="inner">Formats the event.</param>
/// <param name="redactor">The redactor of all sinks.</param>
internal sealed class LogText(ITextFormatter inner, IRedactor redactor) : ITextFormatter
{
    /// <summary>The longest log line in characters; the rest is cut and said to be cut.</summary>
    public const int MaxLength = 16 * 1024;

    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        using var text = new StringWriter();
        inner.Format(logEvent, text);
        var line = text.ToString();
        if (line.Length > MaxLength) line = string.Concat(line.AsSpan(0, MaxLength), $" … ({line.Length - MaxLength} characters cut)", Environment.NewLine);
        output.Write(redactor.Neutralise(redactor.Redact(line)));
    }
}
