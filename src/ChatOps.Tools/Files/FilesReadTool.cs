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
        if (a.Text("sha256") is { } wanted && await DifferentAsync(a.Required("path"), wanted, cancellationToken) is { } other) return other;
        var result = await files.ReadAsync(a.Required("path"), Line(a.Number("from")), Line(a.Number("lines")), cancellationToken);
        if (!result.Succeeded) return FileAnswer.Failed(result);
        var file = result.Value;
        var last = file.FromLine + Math.Max(0, file.Lines - 1);
        var title = $"{file.Path} · lines {file.FromLine}–{last}" + (file.Truncated ? " · more is left out, ask for it with --from" : "");
        return FileAnswer.Text($"{file.Path}: {file.Lines} lines", title, file.Text, file);
    }

    // What a replacement would find there is what is there.
    private async Task<ToolResult?> DifferentAsync(string path, string wanted, CancellationToken cancellationToken)
    {
        var look = await files.PreviewAsync(new FileChangeRequest(FileChangeKind.Write, path, ""), cancellationToken);
        if (!look.Succeeded) return FileAnswer.Failed(look);
        return string.Equals(look.Value.DigestBefore, wanted, StringComparison.OrdinalIgnoreCase) ? null
            : ToolAnswer.Failed(FailureCode.ToolFailed, look.Value.DigestBefore.Length == 0 ? $"{path} is not there." : $"{path} has another content: sha256 {look.Value.DigestBefore}.");
    }

    private static int? Line(long? number) => number is { } n ? (int)Math.Clamp(n, 1, int.MaxValue) : null;
}
