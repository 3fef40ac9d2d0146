namespace ChatOps.Messages;

/// <summary>A button. It carries an opaque token that names a stored action, never arguments.</summary>
/// <param name="Token">At most 40 characters.</param>
/// <param name="Label">A specific verb: <c>Restart 3 nodes</c>. Plain text.</param>
/// <param name="Style">Weight.</param>
/// <param name="Confirm">When not null a confirm step shows this sentence first.</param>
/// <param name="AsksReason">Whether the press may carry a reason typed by the person.</param>
public sealed record MessageAction(string Token, string Label, ActionStyle Style, string? Confirm = null, bool AsksReason = false);
