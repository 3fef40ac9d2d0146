using System.Globalization;
using System.Text;
using ChatOps.Agent.Context;
using ChatOps.Memory;

namespace ChatOps.Agent.Memory;

/// <summary>The memory as a model is told it before a step: the newest notes of everybody and of the person, fenced, with what is left out said.</summary>
internal sealed class RememberedText(IMemory memory)
{
    /// <summary>Characters of notes that are told, for everybody's and the person's alike.</summary>
    public const int MaxCharacters = 4_000;

    /// <summary>What the fence names.</summary>
    public const string Source = "the memory (notes of people here)";

    /// <summary>The text; empty when nothing is remembered.</summary>
    public async Task<string> ReadAsync(string person, CancellationToken cancellationToken)
    {
        try
        {
            var text = new StringBuilder();
            Add(text, "For everybody", await memory.ReadAsync(null, cancellationToken));
            Add(text, "For this person", await memory.ReadAsync(person, cancellationToken));
            return text.Length == 0 ? "" : OutsideText.Fence(Source, text.ToString().TrimEnd());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"(The memory cannot be read: {e.Message})";
        }
    }

    private static void Add(StringBuilder text, string title, IReadOnlyList<MemoryNote> notes)
    {
        if (notes.Count == 0) return;
        var told = new List<MemoryNote>();
        var room = MaxCharacters;
        foreach (var note in notes.Reverse())
        {
            if ((room -= note.Text.Length) < 0) break;
            told.Insert(0, note);
        }

        text.Append(title).Append(":\n");
        foreach (var note in told) text.Append(CultureInfo.InvariantCulture, $"- [{note.Id}] {note.On} {note.Text}\n");
        if (told.Count < notes.Count) text.Append(CultureInfo.InvariantCulture, $"({notes.Count - told.Count} older notes are not shown here; memory_search finds them.)\n");
    }
}
