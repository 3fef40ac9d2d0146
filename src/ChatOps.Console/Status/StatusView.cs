using ChatOps.Configuration;
using ChatOps.Diagnostics;
using ChatOps.Storage;

namespace ChatOps.Console.Status;

/// <summary>What the status page shows.</summary>
/// <param name="Parts">Every part with its health, the worst first.</param>
/// <param name="Files">Files that are reloaded while running.</param>
/// <param name="DeadLetters">Messages that were given up.</param>
/// <param name="Waiting">Inbound messages that are not answered yet: how many, and since when the oldest.</param>
/// <param name="Sending">Messages that are not delivered yet.</param>
/// <param name="Pending">Approvals that wait, the oldest since.</param>
/// <param name="Running">Commands that run now.</param>
/// <param name="Version">The gateway's version.</param>
/// <param name="Runtime">The runtime's.</param>
/// <param name="System">The operating system.</param>
public sealed record StatusView(
    IReadOnlyList<(string Name, PartHealth Health)> Parts,
    IReadOnlyList<IReloadStatus> Files,
    IReadOnlyList<OutboxItem> DeadLetters,
    (DateTimeOffset? Oldest, long Count) Waiting,
    (DateTimeOffset? Oldest, long Count) Sending,
    (DateTimeOffset? Oldest, long Count) Pending,
    long Running,
    string Version,
    string Runtime,
    string System);
