using System.Buffers;
using System.Globalization;
using System.Text;
using ChatOps.Node.Native;

namespace ChatOps.Node.Execution;

/// <summary>Reads the environment that a living process was started with, from <c>/proc/N/environ</c>.</summary>
internal static class ProcessEnvironment
{
    private const int FirstBytes = 4096;
    private const int MaxBytes = 1024 * 1024;
    private const int MaxStatBytes = 2048;
    private const int ReplacementLimit = 1000; // milliseconds; the kernel needs a fraction of one

    // Fields of /proc/N/stat behind the name in parentheses, and two flags of the kernel's.
    private const int FlagsField = 6;
    private const int StartField = 47;
    private const int EndField = 48;
    private const uint Ending = 0x0000_0004;
    private const uint KernelThread = 0x0020_0000;

    /// <summary>What the process's environment begins with, as far as it was read; <see langword="null"/> when it never satisfies the condition.</summary>
    /// <param name="number">The process number.</param>
    /// <param name="condition">What is asked of the bytes so far.</param>
    public static byte[]? Read(int number, Func<ReadOnlySpan<byte>, bool> condition)
    {
        var environment = ReadOnce(number, condition, out var empty);
        if (!empty || !MayStillCome(number))
            return environment;

        // While a process is replaced by another program its environment reads as nothing, which says nothing about it.
        SpinWait.SpinUntil(
            () =>
            {
                environment = ReadOnce(number, condition, out var none);
                return !none || !MayStillCome(number);
            },
            ReplacementLimit);
        return environment;
    }

    // What cannot be read is gone, or somebody else's: not one that this process could stop.
    private static byte[]? ReadOnce(int number, Func<ReadOnlySpan<byte>, bool> condition, out bool empty)
    {
        for (var size = FirstBytes; ; size *= 4)
        {
            var buffer = ArrayPool<byte>.Shared.Rent(size);
            try
            {
                var held = ProcessFile.Read(number, "environ", buffer);
                empty = held == 0;
                if (held <= 0)
                    return null;
                if (condition(buffer.AsSpan(0, held)))
                    return buffer[..held];
                if (held < buffer.Length || size >= MaxBytes)
                    return null;
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }

    // A program that was given an empty environment has one with an address, which begins where it ends.
    private static bool MayStillCome(int number)
    {
        Span<byte> bytes = stackalloc byte[MaxStatBytes];
        var length = ProcessFile.Read(number, "stat", bytes);
        if (length <= 0)
            return false;

        var text = Encoding.ASCII.GetString(bytes[..length]);
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        if ((uint.Parse(fields[FlagsField], CultureInfo.InvariantCulture) & (Ending | KernelThread)) != 0)
            return false;
        var (start, end) = (ulong.Parse(fields[StartField], CultureInfo.InvariantCulture), ulong.Parse(fields[EndField], CultureInfo.InvariantCulture));
        return end == 0 || start != end;
    }
}
