using ChatOps.Fleet;

namespace ChatOps.Tools.Files;

/// <summary>Adds text to a file.</summary>
internal sealed partial class FilesAppendTool(FileChanger changer) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => changer.AssessAsync(call, Request(call), "Append to", cancellationToken);

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) => changer.ChangeAsync(call, Request(call), cancellationToken);

    private static FileChangeRequest Request(ToolCall call) => new(FileChangeKind.Append, call.Arguments.Required("path"), call.Arguments.Required("content"));
}
