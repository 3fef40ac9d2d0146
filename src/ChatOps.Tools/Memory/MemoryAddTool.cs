using ChatOps.Memory;
using ChatOps.Policy;

namespace ChatOps.Tools.Memory;

/// <summary>Adds a note. What a person types for themselves is their own decision; what a model wants to remember, and what everybody will be told, is asked.</summary>
internal sealed partial class MemoryAddTool(IMemory memory) : ITool
{
    private static readonly IReadOnlyDictionary<string, string> AsGateway = new Dictionary<string, string>();

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var text = call.Arguments.Required("text");
        return ValueTask.FromResult(new ToolAssessment(
            Risk.Change, "memory.add", "Every later conversation is told it.", $"Remember {MemoryAnswer.Whose(call)}", text, AsGateway)
        {
            NeverAsks = call.Typed && !call.Arguments.Flag("shared"),
            Problem = memory.WhyNot(text),
        });
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            var change = await memory.AddAsync(MemoryAnswer.Person(call), call.Principal.Id, call.Conversation?.Id, call.Arguments.Required("text"), cancellationToken);
            return change.Note is { } note
                ? ToolAnswer.Done($"Remembered {MemoryAnswer.Whose(call)} as {note.Id}." + (change.Consolidated ? " The memory was full; its older notes were put together." : ""), note)
                : ToolAnswer.Refused(FailureCode.NotAllowed, change.Refusal!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return MemoryAnswer.Unreadable(e);
        }
    }
}
