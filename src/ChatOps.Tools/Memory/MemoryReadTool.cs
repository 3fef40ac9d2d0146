using ChatOps.Memory;

namespace ChatOps.Tools.Memory;

/// <summary>Shows notes.</summary>
internal sealed partial class MemoryReadTool(IMemory memory) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Show the memory");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            return MemoryAnswer.Notes(await memory.ReadAsync(MemoryAnswer.Person(call), cancellationToken), $"Nothing is remembered {MemoryAnswer.Whose(call)}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return MemoryAnswer.Unreadable(e);
        }
    }
}
