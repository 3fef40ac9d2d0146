using ChatOps.Memory;
using ChatOps.Policy;

namespace ChatOps.Tools.Memory;

/// <summary>Removes a note.</summary>
internal sealed partial class MemoryForgetTool(IMemory memory) : ITool
{
    private static readonly IReadOnlyDictionary<string, string> AsGateway = new Dictionary<string, string>();

    public ToolManifest Manifest => Definition;

    public async ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var id = call.Arguments.Required("id");
        string text;
        try
        {
            text = (await memory.ReadAsync(MemoryAnswer.Person(call), cancellationToken)).FirstOrDefault(n => n.Id == id)?.Text ?? "(no such note)";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            text = $"(the memory cannot be read: {e.Message})";
        }

        return new ToolAssessment(Risk.Change, "memory.forget", "Later conversations are not told it any more.", $"Forget note {id} {MemoryAnswer.Whose(call)}", text, AsGateway)
        {
            NeverAsks = call.Typed && !call.Arguments.Flag("shared"),
        };
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            var change = await memory.ForgetAsync(MemoryAnswer.Person(call), call.Arguments.Required("id"), cancellationToken);
            return change.Note is { } note ? ToolAnswer.Done($"Forgotten {MemoryAnswer.Whose(call)}: {note.Id}.", note) : ToolAnswer.Failed(FailureCode.NotFound, change.Refusal!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return MemoryAnswer.Unreadable(e);
        }
    }
}
