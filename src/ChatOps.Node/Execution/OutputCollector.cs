using System.Text;
using ChatOps.Fleet;
using ChatOps.Secrets;

namespace ChatOps.Node.Execution;

/// <summary>Takes everything an execution prints, keeps head, tail and (when it is more) a file, and hands it to those who watch.</summary>
internal sealed class OutputCollector(OutputLimits limits, IRedactor redactor) : IDisposable
{
    // How far a cut moves to the end of a line, so that it does not halve a secret.
    private const int CutReach = 8192;
    private readonly Lock _lock = new();
    private readonly LiveOutput _live = new();
    private readonly MemoryStream _head = new();
    private readonly TailBuffer _tail = new(limits.TailBytes);
    private readonly List<IByteOutput> _taps = [];
    private OutputFile? _file;
    private string? _problem;
    private long _total;

    /// <summary>Adds somebody who watches; they first receive what is kept so far.</summary>
    /// <param name="watcher">Receives the output.</param>
    public void Attach(IExecutionOutput watcher)
    {
        lock (_lock)
        {
            if (watcher is IByteOutput tap)
            {
                _taps.Add(tap);
                return;
            }

            if (_total > 0)
                watcher.Append(Text(out _));
            _live.Add(watcher);
        }
    }

    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">As the programs wrote them.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_file is null && _total + bytes.Length > (long)limits.HeadBytes + limits.TailBytes)
                OpenFile();
            ToFile(bytes);
            _total += bytes.Length;
            var head = bytes[..(int)Math.Min(limits.HeadBytes - _head.Length, bytes.Length)];
            _head.Write(head);
            _tail.Append(bytes[head.Length..]);
            _live.Append(bytes);
            foreach (var tap in _taps)
                tap.Append(bytes);
        }
    }

    /// <summary>Takes a line of our own, in the programs' place.</summary>
    /// <param name="line">Without its newline.</param>
    public void AppendLine(string line) => Append(Encoding.UTF8.GetBytes(line + "\n"));

    /// <summary>Closes the output.</summary>
    public KeptOutput End()
    {
        lock (_lock)
        {
            _live.End();
            var path = EndFile() ? limits.FilePath : null;
            var text = Text(out var omitted);
            return new KeptOutput(text, _total, omitted, path, _problem);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file?.Dispose();

    private string Text(out long omitted)
    {
        var head = new ReadOnlySpan<byte>(_head.GetBuffer(), 0, (int)_head.Length);
        ReadOnlySpan<byte> tail = _tail.ToArray();
        omitted = _total - head.Length - tail.Length;
        if (omitted == 0)
            return Encoding.UTF8.GetString([.. head, .. tail]);

        head = head[..EndOfHead(head)];
        tail = tail[StartOfTail(tail)..];
        omitted = _total - head.Length - tail.Length;
        return $"{Encoding.UTF8.GetString(head)}{(head.EndsWith("\n"u8) || head.IsEmpty ? "" : "\n")}{OmittedNote.For(omitted)}\n{Encoding.UTF8.GetString(tail)}";
    }

    private static int EndOfHead(ReadOnlySpan<byte> head)
    {
        var from = Math.Max(0, head.Length - CutReach);
        var end = head[from..].LastIndexOf((byte)'\n');
        if (end < 0)
            end = head[from..].LastIndexOf((byte)' ');
        if (end >= 0)
            return from + end + 1;

        // No border at all: at least no code point is cut.
        end = head.Length;
        while (end > 0 && end > head.Length - 4 && (head[end - 1] & 0xC0) == 0x80)
            end--;
        return end > 0 && head[end - 1] >= 0xC0 ? end - 1 : head.Length;
    }

    private static int StartOfTail(ReadOnlySpan<byte> tail)
    {
        var reach = tail[..Math.Min(tail.Length, CutReach)];
        var start = reach.IndexOf((byte)'\n');
        if (start < 0)
            start = reach.IndexOf((byte)' ');
        if (start >= 0)
            return start + 1;

        start = 0;
        while (start < reach.Length && start < 3 && (reach[start] & 0xC0) == 0x80)
            start++;
        return start;
    }

    private void OpenFile()
    {
        if (limits.FilePath is null || limits.FileBytes <= 0 || _problem is not null)
            return;

        Try(() =>
        {
            _file = new OutputFile(limits.FilePath, limits.FileBytes, redactor);
            _file.Append(_head.GetBuffer().AsSpan(0, (int)_head.Length));
            _file.Append(_tail.ToArray());
        });
    }

    private void ToFile(ReadOnlySpan<byte> bytes)
    {
        if (_file is null || _problem is not null)
            return;

        try
        {
            _file.Append(bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Fail(failure);
        }
    }

    private bool EndFile()
    {
        if (_file is not null && _problem is null)
            Try(_file.End);
        _file?.Dispose();
        return _file is not null && _problem is null;
    }

    private void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Fail(failure);
        }
    }

    private void Fail(Exception failure) => _problem = $"The whole output could not be kept in a file: {failure.Message}";
}
