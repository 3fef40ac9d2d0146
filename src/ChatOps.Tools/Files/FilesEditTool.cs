using ChatOps.Fleet;

namespace ChatOps.Tools.Files;

/// <summary>Replaces a piece of text in a file.</summary>
internal sealed partial class FilesEditTool(FileChanger changer) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => changer.AssessAsync(call, Request(call), "Edit", cancellationToken);

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) => changer.ChangeAsync(call, Request(call), cancellationToken);

    private static FileChangeRequest Request(ToolCall call) => new(
        FileChangeKind.Edit, call.Arguments.Required("path"), call.Arguments.Required("new"), call.Arguments.Required("old"), call.Arguments.Flag("all"));
}
