namespace ChatOps.Audit;

/// <summary>The result of a verification.</summary>
/// <param name="Intact">Whether the chain holds and reaches the checkpoint.</param>
/// <param name="Records">Records read.</param>
/// <param name="FirstBadSequence">The first record that does not hold.</param>
/// <param name="Problem">What is wrong with it, for people.</param>
/// <param name="CheckpointSequence">The newest checkpoint outside the database.</param>
/// <param name="HeadHash">Hash of the last good record.</param>
public sealed record AuditVerification(
    bool Intact, long Records, long? FirstBadSequence, string? Problem, long? CheckpointSequence, string? HeadHash);
