using System.Globalization;

namespace ChatOps.Node.Execution;

/// <summary>What <c>/proc/N/stat</c> says about a living process.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">Its parent's number.</param>
/// <param name="Session">Its session's number.</param>
internal sealed record ProcessStatus(int Id, int Parent, int Session)
{
    /// <summary>Reads one; <see langword="null"/> when there is no such process, when it is dead, or when the number is a thread's.</summary>
    /// <param name="number">The process number.</param>
    public static ProcessStatus? Read(int number)
    {
        try
        {
            var path = $"/proc/{number}/stat";
            if (!File.Exists(path))
                return null;

            // The name in parentheses may contain anything; the fields follow its last parenthesis: state, parent, group, session, ….
            var text = File.ReadAllText(path);
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ', 5);
            if (fields[0] is "Z" or "X" || IsThread(number))
                return null;

            return new ProcessStatus(number, int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[3], CultureInfo.InvariantCulture));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A thread's number opens under /proc too; the process is then found under its own number.
    private static bool IsThread(int number)
    {
        foreach (var line in File.ReadLines($"/proc/{number}/status"))
        {
            if (line.StartsWith("Tgid:", StringComparison.Ordinal))
                return int.Parse(line.AsSpan(5).Trim(), CultureInfo.InvariantCulture) != number;
        }

        return false;
    }
}
