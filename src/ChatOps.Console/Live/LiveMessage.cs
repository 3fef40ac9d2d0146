namespace ChatOps.Console.Live;

/// <summary>One thing that a page is told. Every fragment of HTML comes from the components that render whole pages.</summary>
/// <param name="Op"><c>entry</c>, <c>remove</c>, <c>complete</c>, <c>panes</c>, <c>tick</c>, <c>ended</c>.</param>
/// <param name="Id">The entry's id.</param>
/// <param name="Html">The entry.</param>
/// <param name="Needs">The pane of approvals.</param>
/// <param name="Running">The pane of running work.</param>
/// <param name="Halts">What is halted.</param>
/// <param name="Count">Approvals that wait for this person.</param>
internal sealed record LiveMessage(string Op, string? Id = null, string? Html = null, string? Needs = null, string? Running = null, string? Halts = null, int? Count = null);
