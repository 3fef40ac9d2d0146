using ChatOps.Memory;
using ChatOps.Messages;

namespace ChatOps.Tools.Memory;

/// <summary>Shapes of answers about the memory.</summary>
internal static class MemoryAnswer
{
    public static ToolResult Notes(IReadOnlyList<MemoryNote> notes, string none)
    {
        if (notes.Count == 0) return ToolAnswer.Done(none, RichMessage.Text(none), Array.Empty<object>());
        var rows = notes.Select(n => (IReadOnlyList<string>)[n.Id, n.Person is null ? "everybody" : n.Person, n.On, n.By, n.Text]).ToList();
        return ToolAnswer.Done(
            $"{notes.Count} note{(notes.Count == 1 ? "" : "s")}.", new RichMessage([new TableBlock(["Id", "For", "Written", "By", "Note"], rows)]), notes);
    }

    public static ToolResult Unreadable(Exception e) => ToolAnswer.Failed(FailureCode.ToolFailed, $"The memory cannot be used: {e.Message}");

    public static string Whose(ToolCall call) => call.Arguments.Flag("shared") ? "for everybody" : $"for {call.Principal.Id}";

    public static string? Person(ToolCall call) => call.Arguments.Flag("shared") ? null : call.Principal.Id;
}
