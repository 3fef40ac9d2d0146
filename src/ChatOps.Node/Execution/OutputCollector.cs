using System.Text;
using ChatOps.Fleet;
using ChatOps.Secrets;

namespace ChatOps.Node.Execution;

/// <summary>Takes everything an execution prints, keeps head, tail and (when it is more) a file, and hands it to those who watch.</summary>
internal sealed class OutputCollector(OutputLimits limits, IRedactor redactor) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LiveOutput _live = new();
    private readonly OutputExcerpt _excerpt = new(limits.HeadBytes, limits.TailBytes);
    private readonly List<IByteOutput> _taps = [];
    private OutputFile? _file;
    private string? _problem;

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

            if (_excerpt.Total > 0)
                watcher.Append(_excerpt.Text(out _));
            _live.Add(watcher);
        }
    }

    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">As the programs wrote them.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            if (_file is null && _excerpt.Total + bytes.Length > (long)limits.HeadBytes + limits.TailBytes)
                OpenFile();
            ToFile(bytes);
            _excerpt.Append(bytes);
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
            var text = _excerpt.Text(out var omitted);
            return new KeptOutput(text, _excerpt.Total, omitted, path, _problem);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file?.Dispose();

    private void OpenFile()
    {
        if (limits.FilePath is null || limits.FileBytes <= 0 || _problem is not null)
            return;

        Try(() =>
        {
            _file = new OutputFile(limits.FilePath, limits.FileBytes, redactor);
            var (head, tail) = _excerpt.Bytes();
            _file.Append(head.Span);
            _file.Append(tail.Span);
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
