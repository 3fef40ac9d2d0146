namespace ChatOps.Channels;

/// <summary>A lead that was taken. A process that was stopped for a while may believe that it leads; the store knows.</summary>
public interface ILead
{
    /// <summary>Whether this gateway leads now, as the store has it: asked right before whatever nobody else may undo. Once it was false it stays false.</summary>
    /// <exception cref="ChatOps.Storage.StoreUnavailableException">The store cannot be asked: do as if it were false.</exception>
    Task<bool> HoldsAsync(CancellationToken cancellationToken);
}
