using System.Text;

namespace ChatOps.Secrets.Redaction;

/// <summary>
/// Redacts a text that comes in pieces. It works line by line, and through a line longer than the window in steps that depend on the line alone;
/// so the result does not depend on how the text was cut into pieces.
/// </summary>
internal sealed class RedactionSession : IStreamRedactor, IDisposable
{
    /// <summary>Characters of a line that are looked at together. A secret of half that length is always seen as a whole.</summary>
    public const int Window = 2048;

    private const int Step = Window / 2;
    private const int LookBehind = 256;
    private readonly Scanner _scanner;
    private readonly Marker _marker;
    private readonly KnownValues _known;
    private readonly StringBuilder _output = new();
    private readonly PrivateKeyBlock _key;
    private readonly OrphanKey _orphan = new();
    private readonly KubernetesData _kubernetes;
    private readonly ValueBelow _below = new();
    private string _rest = "";
    private string _behind = "";
    private bool _inLongLine;
    private OpenEnd _open;

    /// <summary>Begins.</summary>
    /// <param name="scanner">Finds secrets.</param>
    /// <param name="marker">Makes markers.</param>
    /// <param name="known">Values known to be secret.</param>
    public RedactionSession(Scanner scanner, Marker marker, KnownValues known)
    {
        (_scanner, _marker, _known) = (scanner, marker, known);
        _key = new PrivateKeyBlock(marker);
        _kubernetes = new KubernetesData(marker);
    }

    /// <inheritdoc />
    public string Push(string text)
    {
        if (_rest.Length > 0)
            text = _rest + text;
        _rest = Consume(text).ToString();
        return Take();
    }

    /// <inheritdoc />
    public string Flush()
    {
        if (_inLongLine)
            Long(_rest, complete: true);
        else if (_rest.Length > 0)
            Line(_rest);
        _rest = "";
        ReleaseOrphan();
        _kubernetes.Close(Plain);
        _key.Close(_output);
        return Take();
    }

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();

    private string Take()
    {
        var text = _output.ToString();
        _output.Clear();
        return text;
    }

    private ReadOnlySpan<char> Consume(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var window = text[..Math.Min(Window, text.Length)];
            var end = window.IndexOf('\n');
            if (end >= 0)
            {
                if (_inLongLine)
                    Long(window[..(end + 1)], complete: true);
                else
                    Line(window[..(end + 1)].ToString());
                text = text[(end + 1)..];
            }
            else if (window.Length == Window)
            {
                text = text[Long(window, complete: false)..];
            }
            else
            {
                return text;
            }
        }
    }

    private void Line(string line)
    {
        if (_orphan.Hold(line))
            return;
        DecideOrphan(line);
        _kubernetes.Take(line, Plain);
    }

    private void DecideOrphan(ReadOnlySpan<char> next)
    {
        if (!_orphan.IsHolding)
            return;
        if (PrivateKeyScanner.ClosesFirst(next))
            CloseOrphan();
        else
            ReleaseOrphan();
    }

    private void ReleaseOrphan()
    {
        foreach (var line in _orphan.Release().AsSpan().EnumerateWithEnds())
            _kubernetes.Take(line, Plain);
    }

    // The key's beginning is not here, its end is.
    private void CloseOrphan()
    {
        if (_key.IsOpen)
        {
            ReleaseOrphan();
            return;
        }

        _kubernetes.Close(Plain);
        _key.Open();
        foreach (var line in _orphan.Release().AsSpan().EnumerateWithEnds())
            Plain(line);
    }

    // A whole line whose turn it is.
    private void Plain(string line)
    {
        var text = PlainText.IsNeeded(line) ? PlainText.From(line).Text : line;
        if (_key.IsOpen && _key.Take(text, _output))
            return;

        var findings = _scanner.Find(line, _known, out var opensKey);
        if (_below.Find(text.AsSpan().TrimEnd("\r\n")) is { } below && ReferenceEquals(text, line) && !findings.Exists(finding => finding.Start < below.End && below.Start < finding.End))
            findings = [.. findings.Append(below).OrderBy(finding => finding.Start)];
        Write(line, 0, findings, line.Length);
        if (opensKey)
            _key.Open();
    }

    // One step through a line that is longer than the window.
    private int Long(ReadOnlySpan<char> window, bool complete)
    {
        if (!_inLongLine)
        {
            // What was held belongs before this line.
            DecideOrphan(window);
            var data = _kubernetes.LongEntry(window);
            _kubernetes.Close(Plain);
            _key.Close(_output);
            if (data >= 0)
                return LongData(window, data);
        }

        _inLongLine = true;
        var skipped = Skip(window);
        _open = skipped == window.Length && !complete ? _open : OpenEnd.None;
        if (skipped == window.Length && !complete)
        {
            Remember(window);
            return window.Length;
        }

        var text = string.Concat(_behind, window);
        var from = _behind.Length + skipped;
        var findings = _scanner.Find(text, _known, out var opensKey);
        findings.RemoveAll(finding => finding.End <= from);
        if (findings.Count > 0 && findings[0].Start < from)
            findings[0] = findings[0] with { Start = from };

        var border = complete ? text.Length : Math.Max(from, _behind.Length + Step);
        findings.RemoveAll(finding => finding.Start >= border);
        if (findings.Count > 0)
            border = Math.Max(border, findings[^1].End);
        border = complete ? text.Length : AvoidSplit(text, border);
        Write(text, from, findings, border);
        if (findings.Count > 0 && findings[^1].End == text.Length && findings[^1].Open && !complete)
            _open = findings[^1].Kind == PrivateKeyScanner.Kind ? OpenEnd.Key : OpenEnd.Token;

        var consumed = border - _behind.Length;
        Remember(window[..consumed]);
        if (complete)
        {
            (_inLongLine, _behind, _open) = (false, "", OpenEnd.None);
            if (opensKey)
                _key.Open();
        }

        return consumed;
    }

    // The value of a secret that fills the rest of its line.
    private int LongData(ReadOnlySpan<char> window, int start)
    {
        _inLongLine = true;
        _open = OpenEnd.Line;
        _output.Append(window[..start]).Append(_marker.For(KubernetesData.Kind, window[start..]));
        return window.Length;
    }

    // How much of the window belongs to what was found before it.
    private int Skip(ReadOnlySpan<char> window) => _open switch
    {
        OpenEnd.None => 0,
        OpenEnd.Key => Alphabets.Run(window, PrivateKeyScanner.OneLine),
        OpenEnd.Line => window.TrimEnd("\r\n\",").Length,
        _ => Alphabets.Run(window, Alphabets.Token),
    };

    private static int AvoidSplit(string text, int border) =>
        border > 0 && border < text.Length && char.IsHighSurrogate(text[border - 1]) && char.IsLowSurrogate(text[border]) ? border + 1 : border;

    private void Remember(ReadOnlySpan<char> consumed)
    {
        var behind = string.Concat(_behind, consumed);
        _behind = behind.Length <= LookBehind ? behind : behind[^LookBehind..];
    }

    private void Write(ReadOnlySpan<char> text, int from, List<Finding> findings, int to)
    {
        foreach (var finding in findings)
        {
            _output.Append(text[from..finding.Start]);
            var secret = text[finding.Start..finding.End];
            _output.Append(_marker.For(finding.Kind, PlainText.IsNeeded(secret) ? PlainText.From(secret).Text : secret));
            from = finding.End;
        }

        _output.Append(text[from..to]);
    }
}
