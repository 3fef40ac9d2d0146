using System.Collections.Concurrent;
using ChatOps.Audit;
using ChatOps.Storage;
using Microsoft.Extensions.Logging;

namespace ChatOps.Host.Http;

/// <summary>
/// Notes wrong tokens by address: the first ones of a minute are recorded, then they are only counted and answered with "wait".
/// Tokens have 256 random bits, so this protects the record from being flooded, not the tokens from being guessed; a right token always works.
/// </summary>
internal sealed partial class FailedTokens(IStore store, IAuditWriter audit, TimeProvider time, ILogger<FailedTokens> logger)
{
    /// <summary>How many wrong tokens an address may send in a window before it is told to wait.</summary>
    public const int PerAddress = 10;

    /// <summary>How many wrong tokens are recorded in a window, from all addresses together.</summary>
    public const int RecordedInAll = 50;

    /// <summary>How many addresses are remembered; beyond it the window of all starts anew.</summary>
    public const int Addresses = 4096;

    /// <summary>The window.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, int> counts = new();
    private readonly Lock windowLock = new();
    private DateTimeOffset windowStart = DateTimeOffset.MinValue;
    private int recorded;

    /// <summary>Notes one.</summary>
    /// <returns>False when this address has sent too many.</returns>
    public async Task<bool> NoteAsync(string address, string reason, CancellationToken cancellationToken)
    {
        StartWindow();
        var count = counts.AddOrUpdate(address, 1, (_, n) => n + 1);
        if (count > PerAddress) return false;
        if (Interlocked.Increment(ref recorded) > RecordedInAll) return true;
        WrongToken(address, count, reason);
        try
        {
            await store.WriteAsync(session => audit.Append(session, new AuditEntry(AuditKind.SignIn, $"A wrong API token came from {address}.")
            {
                Outcome = "refused",
                Detail = new Dictionary<string, string> { ["address"] = address, ["reason"] = reason },
            }), cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // The request is refused in any case, and the log has it.
        }

        return true;
    }

    private void StartWindow()
    {
        lock (windowLock)
        {
            var now = time.GetUtcNow();
            if (now - windowStart < Window && now >= windowStart && counts.Count < Addresses) return;
            windowStart = now;
            counts.Clear();
            recorded = 0;
        }
    }
}
