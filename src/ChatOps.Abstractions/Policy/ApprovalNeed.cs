namespace ChatOps.Policy;

/// <summary>Whether a plan asks, whom, and under which rule.</summary>
/// <param name="Asks">False: it runs at once.</param>
/// <param name="Votes">How many people must approve. At least 1 when <paramref name="Asks"/>.</param>
/// <param name="Roles">Voters need one of these roles; empty means any role that grants the right to approve on the targets.</param>
/// <param name="AllowStanding">Whether "always allow this exact command here" may be offered and used.</param>
/// <param name="Rule">The rule that demanded (or waived) it, with file and line where it is written in a file.</param>
public sealed record ApprovalNeed(bool Asks, int Votes, IReadOnlyList<string> Roles, bool AllowStanding, string Rule);
