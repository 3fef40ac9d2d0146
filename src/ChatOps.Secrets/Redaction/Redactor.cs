using ChatOps.Secrets.Neutral;

namespace ChatOps.Secrets.Redaction;

/// <summary>The one redactor of an installation.</summary>
internal sealed class Redactor : IRedactor
{
    /// <summary>What stands in place of a text that could not be checked.</summary>
    public const string Withheld = "[withheld: this text could not be checked for secrets]";

    private readonly Scanner _scanner = new();
    private readonly Marker _marker;
    private readonly CleanTexts _clean = new();
    private readonly Lock _lock = new();
    private volatile KnownValues _known = KnownValues.Empty;

    /// <summary>Makes one.</summary>
    /// <param name="options">The installation's key.</param>
    public Redactor(SecretsOptions options)
    {
        if (options.Key.Length < SecretsOptions.MinKeyLength)
            throw new ArgumentException($"The redaction key must have at least {SecretsOptions.MinKeyLength} bytes.", nameof(options));

        _marker = new Marker(options.Key);
    }

    /// <inheritdoc />
    public string Redact(string text)
    {
        try
        {
            if (_clean.Contains(text, _known) || IsCleanLine(text)) return text;
            using var session = new RedactionSession(_scanner, _marker, _known);
            var first = session.Push(text);
            var rest = session.Flush();
            return rest.Length == 0 ? first : first.Length == 0 ? rest : first + rest;
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            // Fail closed: a fault in here must not let a secret out.
            return Withheld;
        }
    }

    /// <inheritdoc />
    public string Neutralise(string text, bool keepColours = false) => Neutraliser.Neutralise(text, keepColours);

    /// <inheritdoc />
    public IStreamRedactor OpenStream() => new GuardedStream(new RedactionSession(_scanner, _marker, _known));

    /// <inheritdoc />
    public void AddKnown(string value, string name)
    {
        if (value.Length < KnownValues.MinLength)
            return;

        lock (_lock)
            _known = _known.With(value, Marker.KindFrom(name));
    }

    /// <summary>
    /// Most texts are one short line without a secret. In such a line there is nothing to hold back, to cut or to write, only to look for; the
    /// answer is the session's, without its buffers.
    /// </summary>
    private bool IsCleanLine(string text)
    {
        var known = _known;
        if (text.Length >= RedactionSession.Window || text.Contains('\n') || PlainText.IsNeeded(text)) return false;
        if (_scanner.Find(text, known, out _).Count > 0 || new ValueBelow().Find(text) is not null) return false;
        _clean.Add(text, known);
        return true;
    }
}
