using ChatOps.Fleet;

namespace ChatOps.Tools.Files;

/// <summary>Shows a text file.</summary>
internal sealed partial class FilesReadTool(IFileArea files) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => FileAnswer.Read(call, $"Read {call.Arguments.Required("path")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var a = call.Arguments;
        var result = await files.ReadAsync(a.Required("path"), Line(a.Number("from")), Line(a.Number("lines")), cancellationToken);
        if (!result.Succeeded) return FileAnswer.Failed(result);
        var file = result.Value;
        var last = file.FromLine + Math.Max(0, file.Lines - 1);
        var title = $"{file.Path} · lines {file.FromLine}–{last}" + (file.Truncated ? " · more is left out, ask for it with --from" : "");
        return FileAnswer.Text($"{file.Path}: {file.Lines} lines", title, file.Text, file);
    }

    private static int? Line(long? number) => number is { } n ? (int)Math.Clamp(n, 1, int.MaxValue) : null;
}
