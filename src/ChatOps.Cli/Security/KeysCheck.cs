using System.Globalization;
using System.Runtime.CompilerServices;
using ChatOps.Cli.Doctor;

namespace ChatOps.Cli.Security;

/// <summary>How old the keys of the installation are.</summary>
internal sealed class KeysCheck(TimeProvider time) : ISecurityCheck
{
    private static readonly TimeSpan Old = TimeSpan.FromDays(730);
    private static readonly string[] Files = ["gateway.key", "redaction.key", "keys/audit.key"];

    public IReadOnlyList<string> Ids { get; } = ["keys.age", "keys.old"];

    public async IAsyncEnumerable<SecurityFinding> LookAsync(Patient patient, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        var old = Files.Select(f => new FileInfo(Path.Combine(patient.Data, f))).Where(f => f.Exists && time.GetUtcNow().UtcDateTime - f.LastWriteTimeUtc > Old).ToList();
        foreach (var key in old)
            yield return new("keys.old", Severity.Note, string.Create(CultureInfo.InvariantCulture, $"{key.FullName} was made on {key.LastWriteTimeUtc:yyyy-MM-dd}."), "Rotate it if people who could read it have left (docs/operations.md, \"Rotation\").");
        if (old.Count == 0) yield return new("keys.age", Severity.Ok, "No key of the installation is older than two years.");
    }
}
