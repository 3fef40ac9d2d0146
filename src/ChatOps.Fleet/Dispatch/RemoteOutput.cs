using System.Globalization;
using System.Text;

namespace ChatOps.Fleet.Dispatch;

/// <summary>
/// Takes an execution's output as it comes from a node: into a file when it is longer than what is shown, and to whoever watches at a pace that
/// people can take. Holds at most what is shown.
/// </summary>
internal sealed class RemoteOutput(OutputLimits limits, IExecutionOutput watcher) : IDisposable
{
    /// <summary>Bytes that those who watch get in one interval; more is left out for them and said.</summary>
    public const int WatchedBytes = 256 * 1024;

    private const long IntervalMilliseconds = 100;
    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly MemoryStream begin = new();
    private FileStream? file;
    private string? problem;
    private long intervalEnd;
    private long kept;
    private int watched;
    private bool leftOut;

    /// <summary>Bytes taken so far, from the beginning.</summary>
    public long Received { get; private set; }

    private long Shown => (long)limits.HeadBytes + limits.TailBytes;

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        Received += bytes.Length;
        if (watcher is IByteOutput all)
        {
            all.Append(bytes);
            return;
        }

        Keep(bytes);
        Watch(bytes);
    }

    /// <summary>Closes the output.</summary>
    /// <param name="output">What the result shows.</param>
    /// <param name="total">All bytes printed.</param>
    /// <returns>The file with the whole when there is one, and what is wrong with it.</returns>
    public (string? File, string? Problem) End(string output, long total)
    {
        if (Received == 0 && output.Length > 0) watcher.Append(output);
        else Show([], flush: true);
        if (file is null || problem is not null) return (null, problem);
        try
        {
            if (total > kept) file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n… {total - kept:#,0} bytes omitted …\n")));
            file.Flush();
            return (limits.FilePath, null);
        }
        catch (IOException e)
        {
            return (null, Failed(e));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (limits.FilePath is null || limits.FileBytes <= 0 || problem is not null) return;
        bytes = bytes[..(int)Math.Min(bytes.Length, Math.Max(Shown, limits.FileBytes) - kept)];
        kept += bytes.Length;
        try
        {
            if (file is null && Received <= Shown)
            {
                begin.Write(bytes);
                return;
            }

            if (file is null)
            {
                file = new FileStream(limits.FilePath, new FileStreamOptions
                {
                    Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                });
                file.Write(begin.GetBuffer().AsSpan(0, (int)begin.Length));
                begin.SetLength(0);
                begin.Capacity = 0;
            }

            file.Write(bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = Failed(e);
        }
    }

    private void Watch(ReadOnlySpan<byte> bytes)
    {
        var now = Environment.TickCount64;
        if (now >= intervalEnd)
        {
            intervalEnd = now + IntervalMilliseconds;
            watched = 0;
            if (leftOut)
            {
                leftOut = false;
                // Goes on at the begin of a line, so that no half of a secret is shown.
                var line = bytes.IndexOf((byte)'\n');
                bytes = line < 0 ? [] : bytes[(line + 1)..];
                leftOut = line < 0;
            }
        }

        if (leftOut || bytes.IsEmpty) return;
        if (watched + bytes.Length > WatchedBytes)
        {
            leftOut = true;
            bytes = bytes[..(bytes[..(WatchedBytes - watched)].LastIndexOf((byte)'\n') + 1)];
            Show(bytes, flush: true);
            watcher.Append("\n… more output is left out here …\n");
            return;
        }

        watched += bytes.Length;
        Show(bytes, flush: false);
    }

    private void Show(ReadOnlySpan<byte> bytes, bool flush)
    {
        var count = decoder.GetCharCount(bytes, flush);
        if (count == 0) return;
        var characters = new char[count];
        watcher.Append(new string(characters, 0, decoder.GetChars(bytes, characters, flush)));
    }

    private static string Failed(Exception e) => $"The whole output could not be kept in a file: {e.Message}";
}
