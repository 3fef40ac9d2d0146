using ChatOps.Memory;

namespace ChatOps.Tests.Gate;

/// <summary>A memory without files.</summary>
internal sealed class FakeMemory : IMemory
{
    private readonly List<MemoryNote> notes = [];

    public Task<IReadOnlyList<MemoryNote>> ReadAsync(string? person, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<MemoryNote>>([.. notes.Where(n => n.Person == person)]);

    public Task<IReadOnlyList<MemoryNote>> SearchAsync(string person, string words, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<MemoryNote>>([.. notes.Where(n => (n.Person is null || n.Person == person) && n.Text.Contains(words, StringComparison.Ordinal))]);

    public string? WhyNot(string text) => text.StartsWith("bad", StringComparison.Ordinal) ? "It is bad." : null;

    public Task<MemoryChange> AddAsync(string? person, string by, string? conversationId, string text, CancellationToken cancellationToken)
    {
        var note = new MemoryNote($"n{notes.Count + 1}", person, "2026-11-21", by, text);
        notes.Add(note);
        return Task.FromResult(new MemoryChange(note, null));
    }

    public Task<MemoryChange> ForgetAsync(string? person, string id, CancellationToken cancellationToken)
    {
        var note = notes.Find(n => n.Person == person && n.Id == id);
        if (note is not null) notes.Remove(note);
        return Task.FromResult(new MemoryChange(note, note is null ? "There is no such note." : null));
    }
}
