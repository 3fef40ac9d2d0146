using System.Buffers;
using System.Runtime.InteropServices;
using ChatOps.Node.Native;

namespace ChatOps.Node.Execution;

/// <summary>Waits for output, for the end of programs and for a wake-up from another thread, all in one poll.</summary>
internal sealed unsafe class OutputPump : IDisposable
{
    private const int ReadSize = 64 * 1024;
    private const int BlindWait = 5; // milliseconds between two looks where the kernel has no process handles
    private readonly OutputCollector _output;
    private readonly Lock _lock = new();
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
    private readonly int _read;
    private int _write;
    private int _wake;

    /// <summary>Opens the pipe.</summary>
    /// <param name="output">Takes what is read.</param>
    public OutputPump(OutputCollector output)
    {
        _output = output;
        (_read, _write) = Pipe.Open();
        _wake = Pipe.OpenEvent();
    }

    /// <summary>The end that programs write to.</summary>
    public int WriteEnd => _write;

    /// <summary>Whether nobody holds the writing end any more.</summary>
    public bool Ended { get; private set; }

    /// <summary>Whether another thread asked to stop.</summary>
    public bool Woken { get; private set; }

    /// <summary>Ends the waiting from another thread; any number of times, also after the end.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            var one = 1UL;
            if (_wake >= 0)
                _ = Libc.write(_wake, (byte*)&one, sizeof(ulong));
        }
    }

    /// <summary>Closes our own copy of the writing end, so that the end of the output can be seen.</summary>
    public void CloseWriteEnd()
    {
        if (_write >= 0)
            _ = Libc.close(_write);
        _write = -1;
    }

    /// <summary>Waits once and reads what is there.</summary>
    /// <param name="milliseconds">At most.</param>
    /// <param name="children">Programs whose end is of interest.</param>
    /// <returns>Whether output was read.</returns>
    public bool Wait(long milliseconds, IReadOnlyList<ChildProcess> children)
    {
        var entries = stackalloc PollEntry[2 + Math.Min(children.Count, MaxChildren)];
        entries[0] = new PollEntry { Descriptor = Woken ? -1 : _wake, Events = Libc.PollIn };
        entries[1] = new PollEntry { Descriptor = Ended ? -1 : _read, Events = Libc.PollIn };
        var count = 2;
        foreach (var child in children)
        {
            if (child.Ended)
                continue;
            if (child.Handle < 0 || count >= MaxChildren + 2)
                milliseconds = Math.Min(milliseconds, BlindWait);
            else
                entries[count++] = new PollEntry { Descriptor = child.Handle, Events = Libc.PollIn };
        }

        if (Libc.poll(entries, (nuint)count, (int)Math.Clamp(milliseconds, 0, int.MaxValue)) <= 0)
            return false;

        Woken |= entries[0].Returned != 0;
        return entries[1].Returned != 0 && Read();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        CloseWriteEnd();
        _ = Libc.close(_read);
        ArrayPool<byte>.Shared.Return(_buffer);
        lock (_lock)
        {
            _ = Libc.close(_wake);
            _wake = -1;
        }
    }

    private const int MaxChildren = 256;

    private bool Read()
    {
        nint count;
        fixed (byte* buffer = _buffer)
            count = Libc.read(_read, buffer, ReadSize);
        if (count > 0)
            _output.Append(_buffer.AsSpan(0, (int)count));
        else if (count == 0 || Marshal.GetLastPInvokeError() != Libc.Eintr)
            Ended = true;
        return count > 0;
    }
}
