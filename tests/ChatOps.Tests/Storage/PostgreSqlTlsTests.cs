using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Servers;
using Npgsql;

namespace ChatOps.Tests.Storage;

/// <summary>A real server that is reached with TLS: who it is is looked at before anything is said to it.</summary>
public sealed class PostgreSqlTlsTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_server_is_worked_with_when_its_certificate_is_good_and_else_refused_with_a_sentence()
    {
        using var certificate = new TestCertificate(directory["good"], TimeProvider.System.GetUtcNow());
        using var stranger = new TestCertificate(directory["stranger"], TimeProvider.System.GetUtcNow());
        using var cluster = PostgreSqlCluster.Start(sync: false, certificate: certificate)!;
        var socket = cluster.DatabaseFor("tls");

        await using (var store = await OpenAsync(To("127.0.0.1", certificate)))
        {
            await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1")));
            await using var connection = new NpgsqlConnection(socket + ";Pooling=False");
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = new NpgsqlCommand("SELECT count(*) > 0 AND bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'chatops'", connection);
            Assert.True((bool)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!);
        }

        foreach (var (host, authority) in (IEnumerable<(string, TestCertificate)>)[("127.0.0.1", stranger), ("127.0.0.2", certificate)])
        {
            var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => OpenAsync(To(host, authority)));
            Assert.Contains($"The database server at {host}:", refused.Message, StringComparison.Ordinal);
            Assert.Contains("its certificate is not for that name, or not of an authority that is trusted", refused.Message, StringComparison.Ordinal);
        }

        string To(string host, TestCertificate authority) =>
            new NpgsqlConnectionStringBuilder(socket) { Host = host, Port = cluster.TlsPort!.Value, SslMode = SslMode.VerifyFull, RootCertificate = authority.AuthorityFile }.ToString();
    }

    private static Task<StoreFixture> OpenAsync(string connectionString) => StoreFixture.OpenAsync(
        change: o => new StorageOptions { DataDirectory = o.DataDirectory, PostgreSql = new PostgreSqlOptions { ConnectionString = connectionString } });
}
