using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace ChatOps.Node.Native;

/// <summary>
/// Processes that lost their parent, in a process that the kernel gives them to: the nearest ancestor that asked for it (<c>prctl(2)</c>, PR_SET_CHILD_SUBREAPER).
/// They become children of its first thread; programs are started by other threads, so nobody else waits for these.
/// </summary>
internal static unsafe class Orphans
{
    private const int SetChildSubreaper = 36, NoHang = 1;
    private const int MaxBytes = 4096;
    private static readonly byte[] s_children = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{Environment.ProcessId}/children\0"));

    /// <summary>Asks for them, for as long as this process lives.</summary>
    /// <returns>Whether they come from now on, and the kernel says which there are.</returns>
    public static bool Adopt() => Libc.prctl(SetChildSubreaper, 1, 0, 0, 0) == 0 && ProcessFile.Read(s_children, stackalloc byte[MaxBytes]) >= 0;

    /// <summary>
    /// Whether there is a living one; the dead are released. <see langword="false"/> is certain: of a program that has ended, nothing is left that it started.
    /// </summary>
    public static bool Any()
    {
        Span<byte> text = stackalloc byte[MaxBytes];
        var length = ProcessFile.Read(s_children, text);
        if (length < 0 || length == text.Length)
            return true;

        var living = false;
        for (var rest = text[..length]; Utf8Parser.TryParse(rest, out int number, out var read); rest = rest[read..].TrimStart((byte)' '))
        {
            int status;
            living |= Libc.waitpid(number, &status, NoHang) != number;
        }

        return living;
    }
}
