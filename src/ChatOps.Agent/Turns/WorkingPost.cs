using ChatOps.Messages;

namespace ChatOps.Agent.Turns;

/// <summary>A "working" message that was posted, or found again.</summary>
/// <param name="Id">The message.</param>
/// <param name="Buttons">The buttons of the job it shows; null when it shows none.</param>
internal sealed record WorkingPost(string Id, ActionsBlock? Buttons);
