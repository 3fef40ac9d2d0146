using System.Security.Cryptography;
using ChatOps.Identity;
using ChatOps.Storage;

namespace ChatOps.Host;

/// <summary>The key that lets the owner's own command line use this gateway. Random at every start; gone when the gateway stops.</summary>
/// <param name="store">Keeps its hash.</param>
/// <param name="owner">As whom it acts.</param>
/// <param name="ids">Makes it.</param>
/// <param name="time">The clock.</param>
/// <param name="setup">Whose gateway it is.</param>
internal sealed class OwnerKey(IStore store, IOwner owner, IIdGenerator ids, TimeProvider time, GatewaySetup setup)
{
    // In a shared store the others' keys are there too, and are theirs.
    private readonly string credentialName = setup.Options.Store.IsShared ? $"owner's command line on {Environment.MachineName}, {setup.DataDirectory}" : "owner's command line";

    // A key outlives no gateway that runs longer than this; the lifetime only bounds what a crash leaves behind.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(366);

    /// <summary>SHA-256 of the key, lower-case hex; null before it is made.</summary>
    public string? Hash { get; private set; }

    /// <summary>Makes the key, and removes those that killed gateways left behind.</summary>
    public async Task<string> CreateAsync(CancellationToken cancellationToken)
    {
        var key = ids.NewSecret();
        var hash = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));
        var now = time.GetUtcNow();
        await store.WriteAsync(session =>
        {
            foreach (var old in session.Credentials.List(CredentialKind.ApiToken, now).Where(c => c.Name == credentialName))
                session.Credentials.Remove(old.Hash);
            session.Credentials.Add(new(hash, CredentialKind.ApiToken, owner.PrincipalId, credentialName, now, now + Lifetime, null));
            return true;
        }, cancellationToken);
        Hash = hash;
        return key;
    }

    /// <summary>Ends the key.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (Hash is not { } hash) return;
        Hash = null;
        try
        {
            await store.WriteAsync(session => session.Credentials.Remove(hash), cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            // The next start removes it.
        }
    }
}
