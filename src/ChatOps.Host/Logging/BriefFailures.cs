using Serilog.Events;
using Serilog.Formatting;

namespace ChatOps.Host.Logging;

/// <summary>Lets a formatter write, then says in one line what an exception said: people at a terminal read sentences, and the file has the rest.</summary>
/// <param name="inner">Writes the line, without its exception.</param>
internal sealed class BriefFailures(ITextFormatter inner) : ITextFormatter
{
    /// <inheritdoc/>
    public void Format(LogEvent logEvent, TextWriter output)
    {
        inner.Format(logEvent, output);
        if (logEvent.Exception is { } failure) output.WriteLine($"             {failure.GetType().Name}: {failure.Message.ReplaceLineEndings(" ")}");
    }
}
