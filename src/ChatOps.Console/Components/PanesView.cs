using ChatOps.Approvals;
using ChatOps.Storage;

namespace ChatOps.Console.Components;

/// <summary>What the right pane shows.</summary>
/// <param name="NeedsYou">Approvals that this person may decide now.</param>
/// <param name="Running">This person's running work.</param>
/// <param name="Halts">What is halted.</param>
public sealed record PanesView(IReadOnlyList<Approval> NeedsYou, IReadOnlyList<RunningWork> Running, IReadOnlyList<Halt> Halts);
