namespace ChatOps.Audit.Checkpoints;

/// <summary>A statement outside the database: the record reached this far.</summary>
/// <param name="Sequence">The newest record's number; 0 for an empty record.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Time">When the checkpoint was written, as in the records.</param>
/// <param name="Mac">HMAC-SHA256 over the three, under the gateway's audit key.</param>
internal sealed record Checkpoint(long Sequence, string Hash, string Time, string Mac);
