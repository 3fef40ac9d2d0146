using System.Globalization;

namespace ChatOps.Storage;

/// <summary>The gateway that holds a data directory.</summary>
/// <param name="DataDirectory">The directory.</param>
/// <param name="ProcessId">Its process; 0 when it has not written it yet.</param>
/// <param name="Since">When it took the directory.</param>
/// <param name="Url">Where it can be reached; null when unknown.</param>
public sealed record DataDirectoryHolder(string DataDirectory, int ProcessId, DateTimeOffset Since, string? Url)
{
    /// <summary>The refusal for people: who holds it, since when, and what to do.</summary>
    public string Explain() => ProcessId == 0
        ? $"Another gateway is just starting on {DataDirectory}. Use that one, or choose another directory with --data."
        : string.Create(
            CultureInfo.InvariantCulture,
            $"Another gateway (process {ProcessId}, since {Since:yyyy-MM-dd HH:mm:ss} UTC{(Url is null ? "" : $", {Url}")}) runs on {DataDirectory}. Use that one, stop it first, or choose another directory with --data.");
}
