using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ChatOps.Node.Native;

/// <summary>
/// Reads the kernel's files about processes. After every execution those of all newer processes are looked at, so this makes no objects and throws nothing.
/// </summary>
internal static unsafe class ProcessFile
{
    private const int MaxPath = 64;

    /// <summary>Reads a file of a process from its beginning.</summary>
    /// <param name="number">The process number.</param>
    /// <param name="name">The file, such as <c>stat</c>.</param>
    /// <param name="buffer">Is filled.</param>
    /// <returns>How many bytes there are; less than the buffer takes means all of them; below zero when it cannot be read.</returns>
    public static int Read(int number, ReadOnlySpan<char> name, Span<byte> buffer)
    {
        Span<char> path = stackalloc char[MaxPath];
        Span<byte> bytes = stackalloc byte[MaxPath];
        path.TryWrite(CultureInfo.InvariantCulture, $"/proc/{number}/{name}\0", out var length);
        Encoding.ASCII.GetBytes(path[..length], bytes);
        return Read(bytes, buffer);
    }

    /// <summary>Reads a file from its beginning.</summary>
    /// <param name="path">Where, with a zero at its end.</param>
    /// <param name="buffer">Is filled.</param>
    /// <returns>As above.</returns>
    public static int Read(ReadOnlySpan<byte> path, Span<byte> buffer)
    {
        int file;
        fixed (byte* first = path)
            file = Libc.open(first, Libc.ReadOnly | Libc.CloseOnExec, 0);
        if (file < 0)
            return -1;

        try
        {
            return Fill(file, buffer);
        }
        finally
        {
            _ = Libc.close(file);
        }
    }

    private static int Fill(int file, Span<byte> buffer)
    {
        var held = 0;
        while (held < buffer.Length)
        {
            nint count;
            fixed (byte* free = buffer[held..])
                count = Libc.read(file, free, buffer.Length - held);
            if (count == 0)
                return held;
            if (count > 0)
                held += (int)count;
            else if (Marshal.GetLastPInvokeError() != Libc.Eintr)
                return -1;
        }

        return held;
    }
}
