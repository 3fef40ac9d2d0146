using ChatOps.Secrets;

namespace ChatOps.Tools.Jobs;

/// <summary>Makes outputs fit to be shown: redacted first, then cut.</summary>
internal sealed class OutputTails(IRedactor redactor)
{
    /// <summary>Characters shown of what comes while it runs.</summary>
    public const int Shown = OutputTail.Kept / 4;

    /// <summary>The newest lines.</summary>
    public string Newest(OutputTail tail, int characters = Shown)
    {
        var safe = Safe(tail.Raw());
        if (safe.Length <= characters) return safe;
        var end = safe[^characters..];
        var line = end.IndexOf('\n', StringComparison.Ordinal);
        return "…\n" + (line >= 0 && line < end.Length - 1 ? end[(line + 1)..] : end);
    }

    /// <summary>All of it.</summary>
    public string Safe(string output) => redactor.Redact(redactor.Neutralise(output, keepColours: true));
}
