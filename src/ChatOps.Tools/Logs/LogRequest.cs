using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ChatOps.Tools.Machines;

namespace ChatOps.Tools.Logs;

/// <summary>Which log, and how much of it.</summary>
/// <param name="Unit">The service; or else a file.</param>
/// <param name="File">The file's path.</param>
/// <param name="Lines">At most so many of the newest.</param>
/// <param name="Since">Not older than this.</param>
/// <param name="Grep">Only what matches.</param>
/// <param name="Follow">How long what comes is shown.</param>
internal sealed record LogRequest(string? Unit, string? File, long Lines, TimeSpan? Since, string? Grep, TimeSpan? Follow)
{
    /// <summary>Most lines that one call shows.</summary>
    public const int MaxLines = 10_000;

    /// <summary>Longest time that a log is followed.</summary>
    public static readonly TimeSpan MaxFollow = TimeSpan.FromMinutes(10);

    /// <summary>Reads a call's arguments, or says what makes no sense.</summary>
    public static bool TryRead(ToolArguments arguments, [NotNullWhen(true)] out LogRequest? request, [NotNullWhen(false)] out string? problem)
    {
        request = new LogRequest(
            arguments.Text("unit"), arguments.Text("file"), arguments.Number("lines") ?? 0, arguments.Duration("since"), arguments.Text("grep"), arguments.Duration("follow"));
        problem = request.Problem();
        if (problem is null) return true;
        request = null;
        return false;
    }

    /// <summary>What reads it.</summary>
    /// <param name="path">The file, with no link in its path.</param>
    public NodeCommand Command(string? path = null) => Unit is null ? OfFile(path ?? File!) : OfUnit(Unit);

    private string Count => Lines.ToString(CultureInfo.InvariantCulture);

    private string? Problem() =>
        (Unit is null) == (File is null) ? "Name either a service (logs nginx) or a --file, one of them."
        : Unit is not null && MachineText.UnitProblem("unit", Unit) is { } unit ? unit
        : File is not null && MachineText.PathProblem("file", File) is { } file ? file
        : Lines is < 1 or > MaxLines ? $"'lines' must be between 1 and {MaxLines}."
        : File is not null && Since is not null ? "'since' works for a service's journal: a file does not say when its lines were written. Use --lines or --grep."
        : Grep is not null && MachineText.PatternProblem("grep", Grep) is { } grep ? grep
        : Follow > MaxFollow ? $"'follow' is at most {MaxFollow.TotalMinutes:0}m."
        : null;

    private NodeCommand OfUnit(string unit)
    {
        List<string> words = ["journalctl", "--no-pager", "--quiet", $"--unit={unit}", $"--lines={Count}", "--output=short-iso"];
        if (Since is { } since) words.Add(string.Create(CultureInfo.InvariantCulture, $"--since=-{(long)Math.Ceiling(since.TotalSeconds)}s"));
        if (Grep is not null) words.AddRange([$"--grep={Grep}", "--case-sensitive=true"]);
        if (Follow is not null) words.Add("--follow");
        return NodeCommand.Of(words);
    }

    // Of a pipe only the end of its last program counts, so what cannot be read is found out before.
    private NodeCommand OfFile(string path) => (Grep, Follow) switch
    {
        (null, null) => NodeCommand.Of("tail", "-n", Count, "--", path),
        (null, _) => NodeCommand.Of("tail", "-n", Count, "-F", "--", path),
        (_, null) => Readable(path).Then(NodeCommand.Piped([["grep", "-a", "-E", "-e", Grep, "--", path], ["tail", "-n", Count]])),
        _ => Readable(path).Then(NodeCommand.Piped([["tail", "-n", Count, "-F", "--", path], ["grep", "-a", "--line-buffered", "-E", "-e", Grep]])),
    };

    private static NodeCommand Readable(string path) => NodeCommand.Of("test", "-r", path);
}
