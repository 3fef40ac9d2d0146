using System.Globalization;
using ChatOps.Agent.Models;
using ChatOps.Memory;

namespace ChatOps.Agent.Memory;

/// <summary>The memory in the workspace's files. One change at a time; each is scanned before it is written.</summary>
internal sealed class WorkspaceMemory(MemoryDirectory directory, MemoryScan scan, MemoryConsolidation consolidation, TimeProvider time) : IMemory, IDisposable
{
    private const int MaxFound = 50;
    private const int Suggested = 3;
    private const string Gateway = "consolidated";

    private readonly SemaphoreSlim one = new(1);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MemoryNote>> ReadAsync(string? person, CancellationToken cancellationToken) => Task.FromResult(directory.Read(person).Notes);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MemoryNote>> SearchAsync(string person, string words, CancellationToken cancellationToken)
    {
        var wanted = words.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var notes = (await ReadAsync(null, cancellationToken)).Concat(await ReadAsync(person, cancellationToken));
        return [.. notes.Where(n => wanted.All(w => n.Text.Contains(w, StringComparison.OrdinalIgnoreCase))).Reverse().OrderByDescending(n => n.On, StringComparer.Ordinal).Take(MaxFound)];
    }

    /// <inheritdoc/>
    public string? WhyNot(string text) => scan.WhyNot(Line(text));

    /// <inheritdoc/>
    public async Task<MemoryChange> AddAsync(string? person, string by, string? conversationId, string text, CancellationToken cancellationToken)
    {
        text = Line(text);
        if (scan.WhyNot(text) is { } why) return new(null, why);
        await one.WaitAsync(cancellationToken);
        try
        {
            var file = directory.Read(person);
            var id = MemoryFile.IdOf(text);
            if (file.Notes.FirstOrDefault(n => n.Id == id) is { } known) return new(known, null);
            var today = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            var longer = file.With(today, by, text);
            if (longer.Text.Length <= MemoryFile.MaxCharacters) return Written(longer, id, false);
            var shorter = await consolidation.ShortenAsync(file.Notes, new ModelPayer(by, conversationId ?? "", null), cancellationToken);
            if (shorter is null) return new(null, Full(file));
            longer = file.WithOnly(today, Gateway, shorter).With(today, by, text);
            return longer.Text.Length <= MemoryFile.MaxCharacters ? Written(longer, id, true) : new(null, Full(file));
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<MemoryChange> ForgetAsync(string? person, string id, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var file = directory.Read(person);
            if (file.Notes.FirstOrDefault(n => n.Id == id) is not { } note) return new(null, $"There is no note {id} here. `memory read` shows the notes with their ids.");
            directory.Write(file.Without(id));
            return new(note, null);
        }
        finally
        {
            one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => one.Dispose();

    private MemoryChange Written(MemoryFile file, string id, bool consolidated)
    {
        directory.Write(file);
        return new(file.Notes.First(n => n.Id == id), null, consolidated);
    }

    private static string Full(MemoryFile file) => string.Create(CultureInfo.InvariantCulture,
        $"This memory is full ({MemoryFile.MaxCharacters:N0} characters), and nothing was written. Forget what is not needed any more; the oldest: {string.Join(", ", file.Notes.Take(Suggested).Select(n => $"{n.Id} (\"{Begin(n.Text)}\")"))}.");

    private static string Begin(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static string Line(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
