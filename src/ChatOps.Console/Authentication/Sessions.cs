using ChatOps.Audit;
using ChatOps.Identity;
using ChatOps.Storage;

namespace ChatOps.Console.Authentication;

/// <summary>Opens, finds and closes sessions. A session is an opaque random value in a cookie; its hash is in the store, its rights are looked up each time.</summary>
internal sealed class Sessions(IStore store, IAuditWriter audit, IPrincipals principals, IIdGenerator ids, TimeProvider time, ConsoleOptions options)
{
    public const string WebChannel = "web";
    private static readonly TimeSpan TouchEvery = TimeSpan.FromMinutes(1);

    /// <summary>Trades a link's code for a session, once.</summary>
    /// <returns>The session's secret, or null when the code is unknown, used, expired or its person is gone.</returns>
    public async Task<string?> OpenAsync(string code, string from, CancellationToken cancellationToken)
    {
        var secret = ids.NewSecret();
        var now = time.GetUtcNow();
        return await store.WriteAsync(
            session =>
            {
                var link = session.Credentials.Consume(CredentialHash.Of(code), CredentialKind.SignInLink, now);
                if (link is null || principals.Find(link.Principal) is not { } person)
                {
                    audit.Append(session, Record("Sign-in to the console refused: the link is unknown, used or expired.", "refused", from));
                    return null;
                }

                session.Credentials.Add(new Credential(
                    CredentialHash.Of(secret), CredentialKind.Session, person.Id, "console session", now, now + options.SessionMax, now));
                audit.Append(session, Record($"{person.Id} signed in to the console.", "done", from) with { Principal = person.Id, ActorKey = ActorOf(person).Key });
                return secret;
            },
            cancellationToken);
    }

    /// <summary>Who holds this secret now; null when nobody does.</summary>
    public Task<SignedIn?> FindAsync(string secret, CancellationToken cancellationToken) => FindByHashAsync(CredentialHash.Of(secret), touch: true, cancellationToken);

    /// <summary>Whether a session that was found before still holds; does not count as a use.</summary>
    public Task<SignedIn?> CheckAsync(SignedIn who, CancellationToken cancellationToken) => FindByHashAsync(who.SessionHash, touch: false, cancellationToken);

    public async Task CloseAsync(SignedIn who, CancellationToken cancellationToken) =>
        await store.WriteAsync(
            session =>
            {
                if (session.Credentials.Remove(who.SessionHash))
                {
                    audit.Append(session, new AuditEntry(AuditKind.SignIn, $"{who.Principal.Id} signed out of the console.")
                    {
                        Principal = who.Principal.Id, ActorKey = who.Actor.Key, Outcome = "done",
                    });
                }

                return true;
            },
            cancellationToken);

    private async Task<SignedIn?> FindByHashAsync(string hash, bool touch, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var credential = await store.ReadAsync(session => session.Credentials.Find(hash, CredentialKind.Session, now), cancellationToken);
        if (credential is null || principals.Find(credential.Principal) is not { } person) return null;
        var used = credential.LastUsedAt ?? credential.CreatedAt;
        // Uses are noted to the minute.
        if (now - used > options.SessionIdle + TouchEvery) return null;
        if (touch && now - used >= TouchEvery)
            await store.WriteAsync(session => { session.Credentials.Touch(hash, now); return true; }, cancellationToken);
        return new SignedIn(person, ActorOf(person), hash);
    }

    // The identity that access.yaml links to the person. Without one, the person's own name in the web channel: the gate then
    // resolves it to nobody and refuses, unless the operator links it.
    private static Actor ActorOf(Principal person)
    {
        var prefix = WebChannel + ":";
        var key = person.Identities.FirstOrDefault(i => i.StartsWith(prefix, StringComparison.Ordinal));
        return new Actor(WebChannel, "", key is null ? person.Id : key[prefix.Length..], person.DisplayName);
    }

    private static AuditEntry Record(string summary, string outcome, string from) =>
        new(AuditKind.SignIn, summary) { Outcome = outcome, Detail = new Dictionary<string, string> { ["from"] = from } };
}
