using ChatOps.Fleet;
using ChatOps.Messages;

namespace ChatOps.Tools.Files;

/// <summary>Lists a directory.</summary>
internal sealed partial class FilesListTool(IFileArea files) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => FileAnswer.Read(call, $"List {call.Arguments.Required("path")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var result = await files.ListAsync(call.Arguments.Required("path"), cancellationToken);
        if (!result.Succeeded) return FileAnswer.Failed(result);
        var listing = result.Value;
        var summary = $"{listing.Path}: {listing.Entries.Count} entries" + (listing.Truncated ? ", and more" : "");
        var rows = listing.Entries.Select(e => (IReadOnlyList<string>)
            [e.Kind == FileKind.Directory ? e.Name + "/" : e.Name, e.Kind == FileKind.File ? $"{e.SizeBytes}" : "", e.Mode, $"{e.Modified:yyyy-MM-dd HH:mm} UTC"]).ToList();
        return ToolAnswer.Done(
            summary,
            new RichMessage(rows.Count == 0 ? [new TextBlock(PlainText.Escape($"{listing.Path} is empty."))] : [new TextBlock(PlainText.Escape(summary)), new TableBlock(["Name", "Bytes", "Mode", "Changed"], rows)]),
            listing);
    }
}
