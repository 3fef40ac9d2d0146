using System.Buffers.Text;
using System.Globalization;
using System.Text;
using ChatOps.Node.Native;

namespace ChatOps.Node.Execution;

/// <summary>
/// Finds the processes of one execution: those in its sessions, those that carry its mark in their environment, and the children of both.
/// A process that leaves the session, clears its environment and loses its parent is not told from one of another execution; the kernel offers no way
/// without a control group.
/// </summary>
internal sealed class ProcessTree(string id)
{
    private const int DirectLookups = 512;
    private const int MaxLooks = 3;
    private const int MaxLoadBytes = 256;
    private const int MaxNameBytes = 64;
    private const int MaxDepth = 64;
    private static readonly byte[] Prefix = Encoding.UTF8.GetBytes(ChildEnvironment.Mark + "=");
    private readonly byte[] _mark = Encoding.UTF8.GetBytes($"{ChildEnvironment.Mark}={id}\0");
    private readonly HashSet<int> _sessions = [];
    private int _first = int.MaxValue;

    /// <summary>Takes a program of the execution into account.</summary>
    /// <param name="child">It leads a session.</param>
    public void Add(ChildProcess child)
    {
        _sessions.Add(child.Id);
        _first = Math.Min(_first, child.Id);
    }

    /// <summary>The living processes, except <paramref name="known"/>.</summary>
    /// <param name="known">Programs that are waited for elsewhere.</param>
    public IReadOnlyList<int> Find(IEnumerable<int> known)
    {
        if (_first == int.MaxValue)
            return [];

        var excluded = known.ToHashSet();
        var (from, last) = (_first, LastNumber());
        for (var look = 1; ; look++)
        {
            var found = Find(excluded, Candidates(from, last));
            if (found.Count > 0 || look == MaxLooks)
                return found;

            // A process may leave its work to a new one and end just before it is looked at. What was there and is not ours does not become it.
            var newest = LastNumber();
            if (newest == last)
                return found;
            (from, last) = (newest > last && last > 0 ? last + 1 : _first, newest);
        }
    }

    private IReadOnlyList<int> Find(HashSet<int> excluded, IEnumerable<int> candidates)
    {
        var found = new HashSet<int>(excluded);
        var others = new List<ProcessStatus>();
        foreach (var candidate in candidates)
        {
            if (excluded.Contains(candidate) || ProcessStatus.Read(candidate) is not { } status)
                continue;
            if (_sessions.Contains(status.Session) || IsMarked(candidate))
                found.Add(candidate);
            else
                others.Add(status);
        }

        while (others.RemoveAll(status => found.Contains(status.Parent) && found.Add(status.Id)) > 0)
        {
        }

        found.ExceptWith(excluded);
        return [.. found];
    }

    // Numbers are given in order, so everything this execution started is newer than its first program; usually that is next to nothing.
    private static IEnumerable<int> Candidates(int from, int last) =>
        last < from || last - from > DirectLookups ? AllNumbers() : Enumerable.Range(from, last - from + 1);

    // The last number the kernel gave; zero when it does not say.
    private static int LastNumber()
    {
        Span<byte> bytes = stackalloc byte[MaxLoadBytes];
        var length = ProcessFile.Read("/proc/loadavg\0"u8, bytes);
        var text = length <= 0 ? [] : bytes[..length];
        return Utf8Parser.TryParse(text[(text.LastIndexOf((byte)' ') + 1)..], out int number, out _) ? number : 0;
    }

    private static List<int> AllNumbers()
    {
        var numbers = new List<int>();
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(entry.AsSpan("/proc/".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number != Environment.ProcessId)
                numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>Executions that have a living process on this machine, whoever started them, by process number.</summary>
    public static IReadOnlyDictionary<int, string> Marked()
    {
        var found = new Dictionary<int, string>();
        foreach (var number in AllNumbers())
        {
            // Our own programs carry the mark first, which is enough for a report.
            if (ProcessEnvironment.Read(number, held => held.StartsWith(Prefix)) is { } environment && environment.AsSpan().IndexOf((byte)0) is > 0 and var end)
                found[number] = Encoding.UTF8.GetString(environment.AsSpan(Prefix.Length, end - Prefix.Length));
        }

        return found;
    }

    /// <summary>Whether the program that began the execution of a marked process still has it: a program like this one is above it. Also true when the process has ended meanwhile.</summary>
    /// <param name="number">The process number.</param>
    public static bool HasExecutor(int number)
    {
        var name = Name(Environment.ProcessId);
        for (var depth = 0; depth < MaxDepth; depth++)
        {
            if (ProcessStatus.Read(number) is not { Parent: var parent })
                return true;
            if (parent <= 1)
                return false;
            if (ProcessEnvironment.Read(parent, held => held.StartsWith(Prefix)) is null)
                return Name(parent) == name;
            number = parent;
        }

        return false;
    }

    // The executable's name as the kernel keeps it.
    private static string Name(int number)
    {
        Span<byte> bytes = stackalloc byte[MaxNameBytes];
        var length = ProcessFile.Read(number, "comm", bytes);
        return length <= 0 ? "" : Encoding.UTF8.GetString(bytes[..length]);
    }

    private bool IsMarked(int number) => ProcessEnvironment.Read(number, ContainsMark) is not null;

    private bool ContainsMark(ReadOnlySpan<byte> environment)
    {
        for (var at = environment.IndexOf(_mark); at >= 0;)
        {
            if (at == 0 || environment[at - 1] == 0)
                return true;
            var next = environment[(at + 1)..].IndexOf(_mark);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }
}
