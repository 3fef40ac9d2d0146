using ChatOps.Identity.Files;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Identity.Pairing;

/// <summary>Answers requests. Links and roles go into the gateway's own access.yaml, the same way as by <c>access grant</c>.</summary>
internal sealed class Pairings(IStore store, IAccessEditor editor, IPrincipals principals, PairingCards cards, TimeProvider time) : IPairings
{
    private const int MaxNameLength = 40;
    private const int MaxTries = 1000;

    public Task<PairingRow?> FindAsync(string code, CancellationToken cancellationToken) =>
        store.ReadAsync(session => session.Admissions.FindPairing(PairingCode.Read(code), time.GetUtcNow()), cancellationToken);

    public Task<IReadOnlyList<PairingRow>> PendingAsync(CancellationToken cancellationToken) =>
        store.ReadAsync(session => session.Admissions.Pairings(time.GetUtcNow(), PairingBounds.MaxPendingOverall), cancellationToken);

    // A display name is a claim: it may suggest a new person, and never leads to one who exists.
    public string NameFor(PairingRow request)
    {
        var wanted = Slug(request.Actor.DisplayName ?? "") is { Length: > 0 } own ? own : Slug($"{request.Actor.Channel}-{request.Actor.UserId}");
        if (principals.Find(wanted) is null) return wanted;
        return Enumerable.Range(2, MaxTries).Select(i => $"{wanted}-{i}").FirstOrDefault(name => principals.Find(name) is null) ?? Slug($"{request.Actor.Channel}-{request.Code}");
    }

    public async Task<string?> ApproveAsync(string code, string person, string role, string by, CancellationToken cancellationToken)
    {
        if (await FindAsync(code, cancellationToken) is not { } row) return Gone(code);
        if (await editor.LinkAsync(person, row.Actor, cancellationToken) is { } notLinked) return notLinked;
        if (await editor.GrantAsync(person, role, cancellationToken) is { } notGranted) return notGranted;
        return await store.WriteAsync(
            session =>
            {
                var privately = session.Inbox.Find(row.InboxId)?.Context.Group is not null;
                session.Admissions.RemovePairing(row.Actor);
                cards.Settle(session, row, $"Let in as {person} with the role {role} by {by}.", Tone.Ok);
                cards.Welcome(session, row, person, role, privately);
                return (string?)null;
            },
            cancellationToken);
    }

    public Task<string?> DenyAsync(string code, string by, CancellationToken cancellationToken) => store.WriteAsync(
        session =>
        {
            var now = time.GetUtcNow();
            if (session.Admissions.FindPairing(PairingCode.Read(code), now) is not { } row) return Gone(code);
            session.Admissions.SetPairing(row with { Denied = true, ExpiresAt = now + PairingBounds.DeniedFor });
            cards.Settle(session, row, $"Denied by {by}. They are not answered for a day.", Tone.Refused);
            return null;
        },
        cancellationToken);

    private static string Gone(string code) => $"Nobody waits with the code '{AccessText.Shown(code)}'; it is over, or was answered. 'access pair list' lists those who wait.";

    private static string Slug(string text)
    {
        var letters = text.ToLowerInvariant().Select(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) ? c : '-');
        var slug = string.Join('-', string.Concat(letters).Split('-', StringSplitOptions.RemoveEmptyEntries));
        return slug.Length <= MaxNameLength ? slug : slug[..MaxNameLength].TrimEnd('-');
    }
}
