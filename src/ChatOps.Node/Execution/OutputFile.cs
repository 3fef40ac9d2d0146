using ChatOps.Fleet;
using System.Text;
using ChatOps.Secrets;

namespace ChatOps.Node.Execution;

/// <summary>The file with the whole output, readable by the owner alone, redacted while it is written, cut at its limit with a line that says so.</summary>
internal sealed class OutputFile : IDisposable
{
    private readonly FileStream _file;
    private readonly IStreamRedactor _redactor;
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly long _limit;
    private long _taken;

    /// <summary>Creates the file; one that exists is never opened.</summary>
    /// <param name="path">Where.</param>
    /// <param name="limit">Bytes of output it takes.</param>
    /// <param name="redactor">Removes secrets on the way.</param>
    public OutputFile(string path, long limit, IRedactor redactor)
    {
        _limit = limit;
        _redactor = redactor.OpenStream();
        _file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }

    /// <summary>Takes the next bytes.</summary>
    /// <param name="bytes">As the programs wrote them.</param>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        var kept = bytes[..(int)Math.Clamp(_limit - _taken, 0, bytes.Length)];
        _taken += bytes.Length;
        if (kept.IsEmpty)
            return;

        var characters = new char[Encoding.UTF8.GetMaxCharCount(kept.Length)];
        var count = _decoder.GetChars(kept, characters, flush: false);
        Write(_redactor.Push(new string(characters, 0, count)));
    }

    /// <summary>Writes what is held back and the note about what is left out.</summary>
    public void End()
    {
        var rest = new char[Encoding.UTF8.GetMaxCharCount(0)];
        Write(_redactor.Push(new string(rest, 0, _decoder.GetChars([], rest, flush: true))));
        Write(_redactor.Flush());
        if (_taken > _limit)
            Write($"\n{OmittedNote.For(_taken - _limit)}\n");
        _file.Flush();
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private void Write(string text)
    {
        if (text.Length > 0)
            _file.Write(Encoding.UTF8.GetBytes(text));
    }
}
