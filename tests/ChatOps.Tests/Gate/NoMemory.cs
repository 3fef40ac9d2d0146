using ChatOps.Memory;

namespace ChatOps.Tests.Gate;

/// <summary>A memory that holds nothing and takes nothing: these tests are about other tools.</summary>
internal sealed class NoMemory : IMemory
{
    private static readonly MemoryChange Unchanged = new(null, "Nothing is remembered here.");

    public Task<IReadOnlyList<MemoryNote>> ReadAsync(string? person, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<MemoryNote>>([]);

    public Task<IReadOnlyList<MemoryNote>> SearchAsync(string person, string words, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<MemoryNote>>([]);

    public string? WhyNot(string text) => Unchanged.Refusal;

    public Task<MemoryChange> AddAsync(string? person, string by, string? conversationId, string text, CancellationToken cancellationToken) => Task.FromResult(Unchanged);

    public Task<MemoryChange> ForgetAsync(string? person, string id, CancellationToken cancellationToken) => Task.FromResult(Unchanged);
}
