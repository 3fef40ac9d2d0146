using System.Buffers.Text;
using System.Runtime.InteropServices;
using ChatOps.Node.Native;

namespace ChatOps.Node.Execution;

/// <summary>What <c>/proc/N/stat</c> says about a living process.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">Its parent's number.</param>
/// <param name="Session">Its session's number.</param>
internal readonly record struct ProcessStatus(int Id, int Parent, int Session)
{
    // The name may fill 64 bytes and is followed by at most 51 numbers.
    private const int MaxBytes = 2048;

    /// <summary>Reads one; <see langword="null"/> when there is no such process, when it is dead, or when the number is a thread's.</summary>
    /// <param name="number">The process number.</param>
    public static ProcessStatus? Read(int number)
    {
        if (!IsProcess(number))
            return null;

        Span<byte> text = stackalloc byte[MaxBytes];
        var length = ProcessFile.Read(number, "stat", text);

        // The name in parentheses may contain anything; the fields follow its last parenthesis: state, parent, group, session, ….
        var rest = length <= 0 ? [] : text[..length];
        rest = rest[(rest.LastIndexOf((byte)')') + 1)..];
        return Next(ref rest) is [var state] && state is not ((byte)'Z' or (byte)'X') && Number(ref rest) is { } parent && Number(ref rest) is not null && Number(ref rest) is { } session
            ? new ProcessStatus(number, parent, session)
            : null;
    }

    // A thread's number opens under /proc too; the process is then found under its own number. Asking for the thread of that number in the process of that
    // number answers both questions, whether there is one and whether it is a process, without a file.
    private static bool IsProcess(int number) =>
        SignalThread is not { } call || Libc.tgkill(call, number, number, 0) == 0 || Marshal.GetLastPInvokeError() != Libc.Esrch;

    private static nint? SignalThread { get; } = RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 234,
        Architecture.Arm64 or Architecture.RiscV64 or Architecture.LoongArch64 => 131,
        Architecture.X86 => 270,
        Architecture.Arm or Architecture.Armv6 => 268,
        Architecture.Ppc64le => 250,
        Architecture.S390x => 241,
        _ => null,
    };

    private static ReadOnlySpan<byte> Next(ref Span<byte> rest)
    {
        rest = rest.TrimStart((byte)' ');
        var end = rest.IndexOf((byte)' ');
        var field = end < 0 ? rest : rest[..end];
        rest = rest[field.Length..];
        return field;
    }

    private static int? Number(ref Span<byte> rest) => Utf8Parser.TryParse(Next(ref rest), out int value, out _) ? value : null;
}
