using System.Collections.Concurrent;
using System.Net.Sockets;
using ChatOps.Diagnostics;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Faults;
using Npgsql;

namespace ChatOps.Tests.Storage;

/// <summary>What only a server can do to a store: be away, refuse, end connections, or swallow the answer to a commit.</summary>
public sealed class PostgreSqlFaultTests
{
    private const StoreKind Kind = StoreKind.PostgreSql;

    [Fact]
    public async Task A_server_that_is_not_there_is_said_with_its_place()
    {
        var refused = await RefusedAsync("Host=127.0.0.1;Port=1;Database=chatops;Username=uma;Password=hunter22");

        Assert.Contains("127.0.0.1:1/chatops cannot be reached", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_said_with_what_to_do()
    {
        var refused = await RefusedAsync(With(b => b.Database = "nothing_here"));

        Assert.Contains("There is no such database", refused, StringComparison.Ordinal);
        Assert.Contains("createdb", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_user_that_the_server_does_not_know_is_said_without_the_password()
    {
        var refused = await RefusedAsync(With(b => (b.Username, b.Password) = ("nobody_known", "hunter22")));

        Assert.Contains("refuses the user nobody_known", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", refused, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hots=db;Password=hunter22")]
    [InlineData("Password=hunter22")]
    [InlineData("hunter22")]
    public async Task A_connection_string_that_is_none_is_not_repeated(string text)
    {
        var refused = await RefusedAsync(text);

        Assert.Contains("Store:ConnectionString", refused, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter22", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_that_the_server_ended_while_nobody_used_them_are_nobodys_trouble()
    {
        await using var store = await StoreFixture.OpenAsync(Kind);
        await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1")));
        await store.ReadAsync(s => s.Inbox.Find("a1"));

        for (var round = 0; round < 3; round++)
        {
            await EndConnectionsAsync(store);
            Assert.Equal(($"b{round}", true), await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox($"b{round}"))));
            Assert.NotNull(await store.ReadAsync(s => s.Inbox.Find("a1")));
        }
    }

    [Fact]
    public async Task Nobody_who_reads_keeps_a_snapshot_for_long()
    {
        await using var store = await StoreFixture.OpenAsync(Kind);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => store.ReadAsync(s => s.Inbox.Find("a1"))));

        // IdleInTransaction is longer here than this waits.
        await using var outside = await store.ConnectOutsideAsync();
        await using var open = outside.CreateCommand();
        open.CommandText = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
        await Until.TrueAsync(async () => (long)(await open.ExecuteScalarAsync())! == 0, Until.Limit / 2);
    }

    [Fact]
    public async Task A_connection_that_is_lost_in_a_write_saves_nothing_and_says_so()
    {
        await using var store = await StoreFixture.OpenAsync(Kind);

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync(s =>
        {
            s.Inbox.Add(Rows.Inbox("a1"));
            EndConnectionsAsync(store).GetAwaiter().GetResult();
            s.Inbox.Add(Rows.Inbox("a2"));
        }));

        Assert.Contains("Nothing was saved", refused.Message, StringComparison.Ordinal);
        Assert.Null(await store.ReadAsync(s => s.Inbox.Find("a1")));
        Assert.Equal(("a1", true), await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1"))));
        Assert.Equal(PartState.Degraded, (await store.Health.CheckAsync(CancellationToken.None)).State); // fsync is off here, and that is said.
    }

    [Fact]
    public async Task A_gateway_that_stands_still_in_its_transaction_holds_the_others_only_for_a_moment()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        await using var other = await StoreFixture.OpenAsync(Kind, directory);
        await using var paused = await StoreFixture.OpenAsync(Kind, directory, o => new StorageOptions { DataDirectory = o.DataDirectory, PostgreSql = Impatient(o.PostgreSql!) });
        var held = await HeldWrite.BeginAsync(paused, s => s.Inbox.Add(Rows.Inbox("late")));

        // Waits for its turn until the server has ended the one that stands still.
        Assert.Equal(("a1", true), await other.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1"))));
        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => held.EndAsync());

        Assert.Contains("Nothing was saved", refused.Message, StringComparison.Ordinal);
        Assert.Null(await other.ReadAsync(s => s.Inbox.Find("late")));
        Assert.Equal(("late", true), await paused.WriteAsync(s => s.Inbox.Add(Rows.Inbox("late"))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_whose_answer_is_lost_is_looked_up_and_never_called_undone_when_it_was_done(bool arrives)
    {
        await using var store = await StoreFixture.OpenAsync(Kind);
        await using var proxy = new CuttingProxy(store.Server!.ConnectionString);
        await using var cut = await StoreFixture.OpenAsync(
            Kind, store.DataDirectory, o => new StorageOptions { DataDirectory = o.DataDirectory, PostgreSql = new PostgreSqlOptions { ConnectionString = proxy.ConnectionString } });
        proxy.CutAtCommit(arrives);

        if (arrives) Assert.Equal(("a1", true), await cut.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1"))));
        else Assert.Contains("Nothing was saved", (await Assert.ThrowsAsync<StoreUnavailableException>(() => cut.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1"))))).Message, StringComparison.Ordinal);

        Assert.True(proxy.HasCut);
        Assert.Equal(arrives, await store.ReadAsync(s => s.Inbox.Find("a1")) is not null);
        Assert.Equal(("a2", true), await cut.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a2"))));
    }

    [Fact]
    public async Task A_commit_that_nobody_can_tell_of_is_called_unknown_and_not_undone()
    {
        await using var store = await StoreFixture.OpenAsync(Kind);
        await using var proxy = new CuttingProxy(store.Server!.ConnectionString);
        await using var cut = await StoreFixture.OpenAsync(Kind, store.DataDirectory, o => new StorageOptions
        {
            DataDirectory = o.DataDirectory,
            PostgreSql = new PostgreSqlOptions { ConnectionString = proxy.ConnectionString, FateTimeout = TimeSpan.FromMilliseconds(300) },
        });
        proxy.CutAtCommit(arrives: true, andStay: true);

        var unknown = await Assert.ThrowsAsync<StoreUnavailableException>(() => cut.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1"))));

        Assert.Contains("is not known", unknown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing was saved", unknown.Message, StringComparison.Ordinal);
        Assert.NotNull(await store.ReadAsync(s => s.Inbox.Find("a1")));

        // The platform delivers it again, and it is the same one.
        proxy.Heal();
        Assert.Equal(("a1", false), await cut.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1"))));
    }

    [Fact]
    public async Task What_the_server_cannot_store_loses_that_character_and_not_its_row()
    {
        await using var store = await StoreFixture.OpenAsync(Kind);

        await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1") with { Text = "zero \0, half \uD83D, whole 😀" }));

        Assert.Equal("zero \uFFFD, half \uFFFD, whole 😀", (await store.ReadAsync(s => s.Inbox.Find("a1")))!.Text);
    }

    [Fact]
    public async Task A_line_that_breaks_at_any_moment_is_only_ever_a_store_that_cannot_be_used()
    {
        await using var store = await StoreFixture.OpenAsync(Kind);
        var builder = new NpgsqlConnectionStringBuilder(store.Server!.ConnectionString);
        await using var wire = new Wire(new UnixDomainSocketEndPoint(Path.Combine(builder.Host!, $".s.PGSQL.{builder.Port}")));
        (builder.Host, builder.Port) = ("127.0.0.1", wire.Port);
        await using var cut = await StoreFixture.OpenAsync(
            Kind, store.DataDirectory, o => new StorageOptions { DataDirectory = o.DataDirectory, PostgreSql = new PostgreSqlOptions { ConnectionString = builder.ToString() } });
        var random = new Random(26);
        var refused = 0;
        var wrong = new ConcurrentQueue<Exception>();
        using var over = new CancellationTokenSource();

        var users = Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (var i = 0; !over.IsCancellationRequested; i++)
            {
                try
                {
                    if (n < 6) await cut.ReadAsync(s => (s.Inbox.Find("a1"), s.Outbox.Find("b1"), s.Approvals.Waiting()));
                    else await cut.WriteAsync(s => s.Inbox.Add(Rows.Inbox($"{n}-{i}")));
                }
                catch (StoreUnavailableException)
                {
                    Interlocked.Increment(ref refused);
                }
                catch (Exception e)
                {
                    wrong.Enqueue(e);
                }
            }
        })).ToList();
        for (var cuts = 0; cuts < 300; cuts++)
        {
            await Task.Delay(random.Next(12));
            if (cuts % 50 == 0) wire.State = WireState.Cut;
            wire.Break();
            if (wire.State == WireState.Whole) continue;
            await Task.Delay(random.Next(12));
            wire.State = WireState.Whole;
        }

        await over.CancelAsync();
        await Task.WhenAll(users);
        Assert.Empty(wrong.Select(e => e.ToString()).Distinct());
        Assert.NotEqual(0, refused);
        Assert.Equal(("after", true), await cut.WriteAsync(s => s.Inbox.Add(Rows.Inbox("after"))));
    }

    private static PostgreSqlOptions Impatient(PostgreSqlOptions server) => new() { ConnectionString = server.ConnectionString, IdleInTransaction = TimeSpan.FromMilliseconds(300) };

    private static string With(Action<NpgsqlConnectionStringBuilder> change)
    {
        var builder = new NpgsqlConnectionStringBuilder(StoreFixture.ServerOf("faults").ConnectionString);
        change(builder);
        return builder.ToString();
    }

    private static async Task<string> RefusedAsync(string connectionString) => (await Assert.ThrowsAsync<StoreUnavailableException>(() => StoreFixture.OpenAsync(
        change: o => new StorageOptions { DataDirectory = o.DataDirectory, PostgreSql = new PostgreSqlOptions { ConnectionString = connectionString } }))).Message;

    private static async Task EndConnectionsAsync(StoreFixture store)
    {
        await using var outside = await store.ConnectOutsideAsync();
        await using var command = outside.CreateCommand();
        command.CommandText = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        await command.ExecuteNonQueryAsync();
    }
}
