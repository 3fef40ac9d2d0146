using System.Security.Cryptography;
using System.Text;
using ChatOps.Storage;

namespace ChatOps.Host;

/// <summary>
/// Gateways of one store must have the same keys: nodes pin one gateway, checkpoints of the audit record are signed by one key, and equal secrets have equal markers.
/// The store keeps a fingerprint of each, by which a gateway with others is refused before it does anything.
/// </summary>
internal sealed class SharedKeys(IStore store, string dataDirectory)
{
    // No channel has this name.
    private const string Place = "gateway";

    private static readonly string[] Files = ["redaction.key", "gateway.key", "keys/audit.key"];

    /// <summary>Compares, and notes the keys that the store does not know yet.</summary>
    /// <exception cref="StartRefusedException">Another gateway of this store has other keys.</exception>
    public async Task RequireSameAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var mine = Files.ToDictionary(f => f, FingerprintOf);
        var wrong = await store.WriteAsync(session => Files.Where(f => IsOther(session, f, mine[f], time.GetUtcNow())).ToList(), cancellationToken);
        if (wrong.Count == 0) return;
        throw new StartRefusedException(
            $"The database is used by gateways with other keys than this one: {string.Join(", ", wrong)} in {dataDirectory} {(wrong.Count == 1 ? "is" : "are")} missing or different. "
            + $"Copy {string.Join(", ", Files)} and audit.checkpoint from the data directory of a gateway that runs on this database, and start again (docs/operations.md, \"Several gateways\").");
    }

    private static bool IsOther(IStoreSession session, string file, string? mine, DateTimeOffset now)
    {
        var known = session.ChannelState.Get(Place, file, now);
        if (known is null && mine is not null) session.ChannelState.Set(Place, file, mine, null);
        return known is not null && known != mine;
    }

    // Of random keys of 32 bytes and more: nobody gets back from it to the key.
    private string? FingerprintOf(string file)
    {
        const int Bytes = 16;
        var path = Path.Combine(dataDirectory, file);
        return File.Exists(path) ? Convert.ToHexStringLower(SHA256.HashData([.. Encoding.ASCII.GetBytes($"chatops key {file}\n"), .. File.ReadAllBytes(path)]).AsSpan(0, Bytes)) : null;
    }
}
