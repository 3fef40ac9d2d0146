using ChatOps.Checks;

namespace ChatOps.Console.Checks;

/// <summary>What the page of one check shows.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Info">How it is written; null when it is not any more.</param>
/// <param name="Targets">Where it stands on each target, with its chart.</param>
/// <param name="Silences">The silences that hold.</param>
/// <param name="MayRun">Whether this person may look now.</param>
/// <param name="MaySilence">Whether this person may silence it.</param>
public sealed record CheckView(string Name, CheckInfo? Info, IReadOnlyList<(CheckState State, string? Chart)> Targets, IReadOnlyList<CheckSilence> Silences, bool MayRun, bool MaySilence);
