using ChatOps.Checks;
using ChatOps.Configuration;

namespace ChatOps.Console.Checks;

/// <summary>What the page of checks shows.</summary>
/// <param name="States">Where each stands, the worst first.</param>
/// <param name="Written">How many are written.</param>
/// <param name="Problems">What is wrong in the files.</param>
/// <param name="Bad">Whether only those are shown that are not well.</param>
/// <param name="MayRun">Whether this person may look now.</param>
public sealed record ChecksView(IReadOnlyList<CheckState> States, int Written, IReadOnlyList<ConfigurationProblem> Problems, bool Bad, bool MayRun);
