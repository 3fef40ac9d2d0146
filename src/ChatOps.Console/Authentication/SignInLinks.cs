using ChatOps.Identity;
using ChatOps.Storage;

namespace ChatOps.Console.Authentication;

/// <summary>Makes one-time links. Only the hash of a link's code is stored.</summary>
internal sealed class SignInLinks(IStore store, IIdGenerator ids, TimeProvider time, ConsoleOptions options) : ISignInLinks
{
    public const string Path = "/sign-in";

    public TimeSpan Lifetime => options.SignInLinkLifetime;

    public bool Served => options.Served;

    public async Task<string> CreateAsync(string principal, CancellationToken cancellationToken)
    {
        var code = ids.NewSecret();
        var now = time.GetUtcNow();
        var credential = new Credential(CredentialHash.Of(code), CredentialKind.SignInLink, principal, "sign-in link", now, now + Lifetime, null);
        await store.WriteAsync(session => { session.Credentials.Add(credential); return true; }, cancellationToken);
        return $"{Path}?code={Uri.EscapeDataString(code)}";
    }
}
