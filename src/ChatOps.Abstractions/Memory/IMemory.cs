namespace ChatOps.Memory;

/// <summary>What is remembered over conversations: short notes, per person and for everybody, in Markdown files of the workspace that people can read and edit.</summary>
public interface IMemory
{
    /// <summary>The notes of a person or of everybody (null), oldest first.</summary>
    Task<IReadOnlyList<MemoryNote>> ReadAsync(string? person, CancellationToken cancellationToken);

    /// <summary>Notes of a person and of everybody in which every word stands, newest first.</summary>
    Task<IReadOnlyList<MemoryNote>> SearchAsync(string person, string words, CancellationToken cancellationToken);

    /// <summary>Why a text may not be remembered (a secret, an instruction, too long), for people; null when it may.</summary>
    string? WhyNot(string text);

    /// <summary>Adds a note. A full file is consolidated by the model when there is one.</summary>
    /// <param name="person">Whose; null for everybody.</param>
    /// <param name="by">The principal who writes.</param>
    /// <param name="conversationId">Where, for the cost of consolidation; null for none.</param>
    /// <param name="text">The note.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<MemoryChange> AddAsync(string? person, string by, string? conversationId, string text, CancellationToken cancellationToken);

    /// <summary>Removes a note.</summary>
    /// <param name="person">Whose; null for everybody.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    Task<MemoryChange> ForgetAsync(string? person, string id, CancellationToken cancellationToken);
}
