using ChatOps.Diagnostics;

namespace ChatOps.Cli.Doctor;

/// <summary>Something that was looked at.</summary>
/// <param name="Id">Stable id: <c>data.open-file</c>.</param>
/// <param name="State">Ok: as it should be. Degraded: works, and somebody should look. Failed: something does not work, or leaks.</param>
/// <param name="Text">What is so.</param>
/// <param name="Remedy">What to do; empty when nothing.</param>
internal sealed record Finding(string Id, PartState State, string Text, string Remedy = "")
{
    /// <summary>Mends it, where a program may without asking; null where a person must. Throws <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> when it cannot.</summary>
    public Action? Fix { get; init; }
}
