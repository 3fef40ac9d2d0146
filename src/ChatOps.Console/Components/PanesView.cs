using ChatOps.Approvals;

namespace ChatOps.Console.Components;

/// <summary>What the right pane shows.</summary>
/// <param name="NeedsYou">Approvals that this person may decide now.</param>
/// <param name="Running">This person's running work.</param>
public sealed record PanesView(IReadOnlyList<Approval> NeedsYou, IReadOnlyList<RunningWork> Running);
