namespace ChatOps.Checks;

/// <summary>A check as it is written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it looks at.</param>
/// <param name="Description">For people; may be empty.</param>
/// <param name="Interval">How often.</param>
/// <param name="On">The selector; empty for what the gateway itself looks at.</param>
/// <param name="Sets">The sets that it belongs to.</param>
/// <param name="Enabled">Whether it is looked at by itself.</param>
/// <param name="DependsOn">The checks whose failure silences it.</param>
/// <param name="File">Where it is written.</param>
/// <param name="Line">1-based.</param>
public sealed record CheckInfo(
    string Name,
    string Kind,
    string Description,
    TimeSpan Interval,
    string On,
    IReadOnlyList<string> Sets,
    bool Enabled,
    IReadOnlyList<string> DependsOn,
    string File,
    int Line);
