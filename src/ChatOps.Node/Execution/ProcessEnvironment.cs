using System.Globalization;

namespace ChatOps.Node.Execution;

/// <summary>Reads the environment that a living process was started with, from <c>/proc/N/environ</c>.</summary>
internal static class ProcessEnvironment
{
    private const int MaxBytes = 1024 * 1024;
    private const int ReplacementLimit = 1000; // milliseconds; the kernel needs a fraction of one

    // Fields of /proc/N/stat behind the name in parentheses, and two flags of the kernel's.
    private const int FlagsField = 6;
    private const int StartField = 47;
    private const int EndField = 48;
    private const uint Ending = 0x0000_0004;
    private const uint KernelThread = 0x0020_0000;

    /// <summary>What the process's environment begins with, as soon as it satisfies the condition; <see langword="null"/> when it never does.</summary>
    /// <param name="number">The process number.</param>
    /// <param name="condition">What is asked of the bytes so far.</param>
    public static byte[]? Read(int number, Func<ReadOnlySpan<byte>, bool> condition)
    {
        try
        {
            // While a process is replaced by another program its environment reads as nothing, which says nothing about it.
            byte[]? environment = null;
            SpinWait.SpinUntil(
                () =>
                {
                    environment = ReadOnce(number, condition, out var empty);
                    return !empty || !MayStillCome(number);
                },
                ReplacementLimit);
            return environment;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            // Gone, or somebody else's: not one that this process could stop.
            return null;
        }
    }

    private static byte[]? ReadOnce(int number, Func<ReadOnlySpan<byte>, bool> condition, out bool empty)
    {
        using var file = new FileStream($"/proc/{number}/environ", FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        var buffer = new byte[4096];
        var held = 0;
        while (held < MaxBytes)
        {
            if (held == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
            var count = file.Read(buffer, held, buffer.Length - held);
            if (count == 0)
                break;
            held += count;
            if (condition(buffer.AsSpan(0, held)))
            {
                empty = false;
                return buffer[..held];
            }
        }

        empty = held == 0;
        return null;
    }

    // A program that was given an empty environment has one with an address, which begins where it ends.
    private static bool MayStillCome(int number)
    {
        var text = File.ReadAllText($"/proc/{number}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        if ((uint.Parse(fields[FlagsField], CultureInfo.InvariantCulture) & (Ending | KernelThread)) != 0)
            return false;
        var (start, end) = (ulong.Parse(fields[StartField], CultureInfo.InvariantCulture), ulong.Parse(fields[EndField], CultureInfo.InvariantCulture));
        return end == 0 || start != end;
    }
}
