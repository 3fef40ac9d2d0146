using ChatOps.Fleet;

namespace ChatOps.Tools.Files;

/// <summary>Creates or replaces a file.</summary>
internal sealed partial class FilesWriteTool(FileChanger changer) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => changer.AssessAsync(call, Request(call), "Write", cancellationToken);

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) => changer.ChangeAsync(call, Request(call), cancellationToken);

    private static FileChangeRequest Request(ToolCall call) => new(FileChangeKind.Write, call.Arguments.Required("path"), call.Arguments.Required("content"));
}
