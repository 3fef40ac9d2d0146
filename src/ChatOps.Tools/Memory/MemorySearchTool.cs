using ChatOps.Memory;

namespace ChatOps.Tools.Memory;

/// <summary>Finds notes.</summary>
internal sealed partial class MemorySearchTool(IMemory memory) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Search the memory");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            return MemoryAnswer.Notes(await memory.SearchAsync(call.Principal.Id, call.Arguments.Required("words").Replace(',', ' '), cancellationToken), "No note has these words.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return MemoryAnswer.Unreadable(e);
        }
    }
}
