using ChatOps.Fleet;
using ChatOps.Messages;

namespace ChatOps.Tools.Files;

/// <summary>Finds text in files.</summary>
internal sealed partial class FilesSearchTool(IFileArea files) : ITool
{
    private const int MaxMatches = 1000;

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => FileAnswer.Read(call, $"Search in {call.Arguments.Required("path")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var a = call.Arguments;
        var limit = (int)Math.Clamp(a.Number("limit") ?? 100, 1, MaxMatches);
        var result = await files.SearchAsync(new FileSearch(a.Required("text"), a.Required("path"), a.Flag("regex"), limit), cancellationToken);
        if (!result.Succeeded) return FileAnswer.Failed(result);
        var found = result.Value;
        var summary = $"{found.Matches.Count} matching line{(found.Matches.Count == 1 ? "" : "s")} in {found.FilesSearched} files";
        var blocks = new List<Block> { new TextBlock(PlainText.Escape(summary)) };
        if (found.Matches.Count > 0) blocks.Add(new CodeBlock(string.Join("\n", found.Matches.Select(m => $"{m.Path}:{m.Line}: {m.Text}"))));
        if (found.Note is { } note) blocks.Add(new TextBlock(PlainText.Escape(note)));
        return ToolAnswer.Done(summary, new RichMessage(blocks), found);
    }
}
