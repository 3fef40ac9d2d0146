using System.Text;
using ChatOps.Fleet;

namespace ChatOps.Node.Execution;

/// <summary>
/// Hands output to those who watch, at a rate that people and their connections can take. What exceeds it is left out up to the end of a line
/// and said, so that a secret is not cut into halves that nobody recognises.
/// </summary>
internal sealed class LiveOutput
{
    /// <summary>Bytes that are handed on in one interval.</summary>
    public const int BytesPerInterval = 256 * 1024;

    private const long IntervalMilliseconds = 100;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly List<IExecutionOutput> _watchers = [];
    private char[] _characters = [];
    private long _intervalEnd;
    private int _budget;
    private long _omitted;

    /// <summary>Adds somebody who watches from now on.</summary>
    /// <param name="watcher">Receives what comes.</param>
    public void Add(IExecutionOutput watcher) => _watchers.Add(watcher);

    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">As the programs wrote them.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var now = Environment.TickCount64;
        if (now >= _intervalEnd)
        {
            _intervalEnd = now + IntervalMilliseconds;
            _budget = BytesPerInterval;
        }

        if (_omitted > 0)
            bytes = Resume(bytes);
        if (bytes.Length > _budget)
            bytes = Cut(bytes);
        _budget -= bytes.Length;
        Send(bytes, flush: false);
    }

    /// <summary>Hands on what is incomplete, with what it lacks replaced.</summary>
    public void End()
    {
        if (_omitted > 0)
            SendOmitted();
        Send([], flush: true);
    }

    // Goes on behind the end of the line in which it stopped.
    private ReadOnlySpan<byte> Resume(ReadOnlySpan<byte> bytes)
    {
        var line = _budget == 0 ? -1 : bytes.IndexOf((byte)'\n');
        if (line < 0)
        {
            _omitted += bytes.Length;
            return [];
        }

        _omitted += line + 1;
        SendOmitted();
        return bytes[(line + 1)..];
    }

    private ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> bytes)
    {
        var kept = bytes[..(bytes[.._budget].LastIndexOf((byte)'\n') + 1)];
        _omitted += bytes.Length - kept.Length;
        _budget = kept.Length;
        return kept;
    }

    private void SendOmitted()
    {
        Send([], flush: true);
        foreach (var watcher in _watchers)
            watcher.Append($"\n{OmittedNote.For(_omitted)}\n");
        _omitted = 0;
    }

    private void Send(ReadOnlySpan<byte> bytes, bool flush)
    {
        var needed = Encoding.UTF8.GetMaxCharCount(bytes.Length);
        if (_characters.Length < needed)
            _characters = new char[needed];
        var count = _decoder.GetChars(bytes, _characters, flush);
        if (count == 0)
            return;

        var text = new string(_characters, 0, count);
        foreach (var watcher in _watchers)
            watcher.Append(text);
    }
}
