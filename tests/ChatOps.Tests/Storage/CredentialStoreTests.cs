using ChatOps.Storage;

namespace ChatOps.Tests.Storage;

public abstract class CredentialStoreTests(StoreKind kind)
{
    private static readonly Credential Link = new("h1", CredentialKind.SignInLink, "uma", "start", Rows.Noon, Rows.Noon.AddMinutes(10), null);

    [Fact]
    public async Task A_single_use_credential_is_taken_once_however_many_try()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s => s.Credentials.Add(Link));

        var taken = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() =>
            store.WriteAsync(s => s.Credentials.Consume("h1", CredentialKind.SignInLink, Rows.Noon)))));

        Assert.Equal(Link, Assert.Single(taken, c => c is not null));
    }

    [Fact]
    public async Task An_expired_credential_or_one_of_another_kind_opens_nothing()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        await store.WriteAsync(s => s.Credentials.Add(Link));

        Assert.Null(await store.WriteAsync(s => s.Credentials.Consume("h1", CredentialKind.SignInLink, Rows.Noon.AddMinutes(10))));
        Assert.Null(await store.ReadAsync(s => s.Credentials.Find("h1", CredentialKind.Session, Rows.Noon)));
        Assert.Equal(Link, await store.ReadAsync(s => s.Credentials.Find("h1", CredentialKind.SignInLink, Rows.Noon)));
        Assert.Single(await store.ReadAsync(s => s.Credentials.List(CredentialKind.SignInLink, Rows.Noon)));
        Assert.Equal(1, await store.WriteAsync(s => s.Credentials.Prune(Rows.Noon.AddMinutes(10))));
        Assert.False(await store.WriteAsync(s => s.Credentials.Remove("h1")));
    }

    [Fact]
    public async Task A_use_is_noted_to_the_minute()
    {
        await using var store = await StoreFixture.OpenAsync(kind);
        var used = new DateTimeOffset(2026, 3, 1, 12, 3, 42, TimeSpan.Zero);
        await store.WriteAsync(s =>
        {
            s.Credentials.Add(Link);
            s.Credentials.Touch("h1", used);
        });

        Assert.Equal(used.AddSeconds(-42), (await store.ReadAsync(s => s.Credentials.Find("h1", CredentialKind.SignInLink, Rows.Noon)))!.LastUsedAt);
    }

    public sealed class OnSqlite() : CredentialStoreTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : CredentialStoreTests(StoreKind.PostgreSql);
}
