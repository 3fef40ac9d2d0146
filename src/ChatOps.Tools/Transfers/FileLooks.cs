using System.Globalization;
using System.Text;
using ChatOps.Fleet;
using ChatOps.Policy;
using ChatOps.Tools.Machines;
using ChatOps.Tools.Run;

namespace ChatOps.Tools.Transfers;

/// <summary>Looks at files on nodes with plain commands that only read, the same for every kind of node. Every look is an execution of its own: what was there a while ago is no answer.</summary>
internal sealed class FileLooks(NodeRunner runner, IIdGenerator ids)
{
    /// <summary>Longest text that is shown as a difference, in bytes.</summary>
    public const int MaxText = 64 * 1024;

    private const int ShortOutput = 8 * 1024;
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(60);

    /// <summary>Looks.</summary>
    public async Task<FileLook> LookAsync(ToolCall call, NodeInfo node, string path, CancellationToken cancellationToken)
    {
        var run = await runner.RunAsync(call, node, Fresh(Command(path)), NoOutput.Instance, cancellationToken);
        if (run.Result.End != ExecutionEnd.Exited) return new FileLook(node.Name, run, false, "", 0, "", "", "");
        return run.Result.Output.Split('\n') is [var first, .. var rest] && first.Split('|') is [var kind, var size, var mode, var owner]
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? new FileLook(node.Name, null, true, kind, bytes, mode, owner, run.Result.ExitCode == 0 && rest.Length > 0 ? Hash(rest[0]) : "")
            : new FileLook(node.Name, null, false, "", 0, "", "", "");
    }

    /// <summary>What a look runs.</summary>
    public static string Line(string path) => Command(path).Line;

    /// <summary>The text of a file; <see langword="null"/> when it is none, or too long.</summary>
    public async Task<string?> TextAsync(ToolCall call, NodeInfo node, FileLook look, string path, CancellationToken cancellationToken)
    {
        if (!look.Exists) return "";
        if (!look.IsFile || look.Bytes > MaxText) return null;
        var command = NodeCommand.Of("cat", "--", path) with { Limits = new OutputLimits(MaxText, 0, 0, null) };
        var run = await runner.RunAsync(call, node, Fresh(command), NoOutput.Instance, cancellationToken);
        return run.Outcome == NodeOutcome.Ok && run.Result.OmittedBytes == 0 && IsText(run.Result.Output) ? run.Result.Output : null;
    }

    /// <summary>Bytes as text; <see langword="null"/> when they are none, or too many.</summary>
    public static string? Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaxText) return null;
        var text = Encoding.UTF8.GetString(bytes);
        return IsText(text) ? text : null;
    }

    private static bool IsText(string text) => !text.Contains('\0', StringComparison.Ordinal) && !text.Contains('\uFFFD', StringComparison.Ordinal);

    private static NodeCommand Command(string path) => NodeCommand.Of("stat", "-c", "%F|%s|%a|%U:%G", "--", path).Then(NodeCommand.Of("sha256sum", "--", path));

    // In front of the hash of a file with an unusual name stands a backslash.
    private static string Hash(string line) => line.TrimStart('\\').Split(' ')[0] is { Length: 64 } hash && hash.All(char.IsAsciiHexDigitLower) ? hash : "";

    private NodeCommand Fresh(NodeCommand command) => command with { Step = $"l-{ids.NewId()}", Timeout = Time, Risk = Risk.Read, Limits = command.Limits ?? new OutputLimits(ShortOutput, 0, 0, null) };
}
