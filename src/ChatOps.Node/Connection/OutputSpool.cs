using ChatOps.Fleet;

namespace ChatOps.Node.Connection;

/// <summary>
/// The output of one execution from its beginning up to a limit, kept until the gateway has it: in memory while it is short, then in a file. The
/// program never waits for the connection. A full disk ends what is kept, not the execution.
/// </summary>
internal sealed class OutputSpool(string path, int memoryBytes, long limit, SpoolBudget budget) : IByteOutput, IDisposable
{
    private const int FirstBytes = 4 * 1024;
    private readonly Lock gate = new();
    private readonly SemaphoreSlim changed = new(0, 1);
    private byte[] memory = [];
    private FileStream? file;
    private long length;
    private long onDisk;
    private bool ended;

    /// <summary>Bytes kept.</summary>
    public long Length
    {
        get
        {
            lock (gate) return length;
        }
    }

    /// <summary>Why output is missing that the limit would have let in, for people; <see langword="null"/> when none is.</summary>
    public string? Problem { get; private set; }

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (gate)
        {
            if (ended) return;
            bytes = bytes[..(int)Math.Min(bytes.Length, limit - length)];
            if (bytes.IsEmpty || !Keep(bytes)) return;
            length += bytes.Length;
        }

        Wake();
    }

    /// <inheritdoc/>
    public void Append(string text)
    {
        // The bytes come by the other way.
    }

    /// <summary>Wakes whoever waits for a change.</summary>
    public void Wake()
    {
        try
        {
            if (changed.CurrentCount == 0) changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else was faster; one is enough.
        }
        catch (ObjectDisposedException)
        {
            // Nobody waits any more.
        }
    }

    /// <summary>Completes after a change; may complete without one.</summary>
    public Task ChangedAsync(CancellationToken cancellationToken) => changed.WaitAsync(cancellationToken);

    /// <summary>Copies kept bytes.</summary>
    /// <param name="offset">From here.</param>
    /// <param name="target">To there.</param>
    /// <returns>How many; 0 at the end of what is kept.</returns>
    public int Read(long offset, Span<byte> target)
    {
        lock (gate)
        {
            var count = (int)Math.Min(target.Length, length - offset);
            if (count <= 0) return 0;
            if (file is null)
            {
                memory.AsSpan((int)offset, count).CopyTo(target);
                return count;
            }

            try
            {
                return RandomAccess.Read(file.SafeFileHandle, target[..count], offset);
            }
            catch (IOException)
            {
                return 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            ended = true;
            memory = [];
            length = 0;
            file?.Dispose();
            file = null;
            if (onDisk == 0) return;
            budget.Return(onDisk);
            onDisk = 0;
            try
            {
                File.Delete(path);
            }
            catch (IOException)
            {
                // It could not be made either; the next start clears the directory.
            }
        }
    }

    private bool Keep(ReadOnlySpan<byte> bytes)
    {
        if (file is null && length + bytes.Length <= memoryBytes)
        {
            if (memory.Length < length + bytes.Length) Array.Resize(ref memory, (int)Math.Min(memoryBytes, Math.Max(Math.Max(FirstBytes, memory.Length * 2), length + bytes.Length)));
            bytes.CopyTo(memory.AsSpan((int)length));
            return true;
        }

        var needed = bytes.Length + (file is null ? length : 0);
        if (!budget.TryTake(needed)) return End("the room that this node gives to output is used up.");
        onDisk += needed;
        try
        {
            if (file is null)
            {
                file = new FileStream(path, new FileStreamOptions
                {
                    Mode = FileMode.Create, Access = FileAccess.ReadWrite, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                });
                RandomAccess.Write(file.SafeFileHandle, memory.AsSpan(0, (int)length), 0);
                memory = [];
            }

            RandomAccess.Write(file.SafeFileHandle, bytes, length);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is in the file, or in memory when the file could not be begun, stays; the result still has head and tail.
            if (memory.Length == 0 || file is null) return End(e.Message);
            file.Dispose();
            file = null;
            return End(e.Message);
        }
    }

    private bool End(string why)
    {
        ended = true;
        Problem = $"The node could not keep all of the output: {why}";
        return false;
    }
}
