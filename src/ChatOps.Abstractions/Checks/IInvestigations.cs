namespace ChatOps.Checks;

/// <summary>Asks a model to look into findings, where one is set up.</summary>
public interface IInvestigations
{
    /// <summary>Whether there is a model to ask.</summary>
    bool Possible { get; }

    /// <summary>Begins one, in the conversation where the finding was told. Begun again for the same finding it is the same one.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="note">The runbook note for it; null for none.</param>
    /// <param name="planSaid">What became of the note's steps; empty when they were not put to the gate.</param>
    /// <param name="principal">In whose name it looks.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>The message that is answered; null when it was not accepted.</returns>
    Task<string?> BeginAsync(Finding finding, RunbookState? note, string planSaid, string principal, CancellationToken cancellationToken);
}
