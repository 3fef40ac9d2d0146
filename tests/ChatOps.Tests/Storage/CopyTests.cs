using ChatOps.Storage;
using ChatOps.Storage.Copies;
using ChatOps.Storage.Migrations;
using ChatOps.Testing;

namespace ChatOps.Tests.Storage;

/// <summary>The copy of a server's store in a file.</summary>
public sealed class CopyTests : IDisposable
{
    private readonly TempDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_copy_made_while_gateways_write_shows_one_moment()
    {
        await using var store = await StoreFixture.OpenAsync(StoreKind.PostgreSql);
        using var enough = new CancellationTokenSource();

        // Two rows in every commit: a copy that has one without the other shows two moments.
        var writing = Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                await store.WriteAsync(s =>
                {
                    s.ChannelState.Set("one", $"{i}", "x", null);
                    s.Leases.TryTake($"lease-{i}", "g", Rows.Noon, TimeSpan.FromMinutes(1));
                });
            }
        });
        var seen = 0L;
        for (var copies = 0; seen < 5 && copies < 200; copies++)
        {
            var path = folder[$"copy-{copies}"];
            new PostgreSqlCopy(store.Server!, TimeProvider.System).WriteTo(path);
            using var copy = CopyFile.OpenToRead(path);
            var tables = copy.Tables().ToDictionary(t => t.Name);
            var (states, leases) = (copy.Rows(tables["channel_state"]).Count(), copy.Rows(tables["leases"]).LongCount());
            Assert.Equal(states, leases);
            seen = leases;
        }

        await enough.CancelAsync();
        await writing;
        Assert.True(seen >= 5, "Nothing was written meanwhile.");
    }

    [Fact]
    public async Task Every_table_of_the_server_is_copied_with_every_column()
    {
        await using var store = await StoreFixture.OpenAsync(StoreKind.PostgreSql);
        using var copy = CopyFile.Create(folder["copy"], Migration.Load("Sqlite").Count, TimeProvider.System);
        var copied = copy.Tables().SelectMany(t => t.Columns.Select(c => $"{t.Name}.{c.Name} {(c.IsNumber ? "bigint" : "text")}"));
        await using var shell = await store.ConnectOutsideAsync();
        await using var question = shell.CreateCommand();
        question.CommandText = "SELECT table_name || '.' || column_name || ' ' || data_type FROM information_schema.columns WHERE table_schema = current_schema()";
        var there = new List<string>();
        await using (var reader = await question.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken)) there.Add(reader.GetString(0));
        }

        string[] ofOneDatabaseAlone = ["schema_version", "store_probe", "store_writers"];
        Assert.Equal(there.Where(c => !ofOneDatabaseAlone.Contains(c.Split('.')[0])).Order(StringComparer.Ordinal), copied.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_database_on_which_no_gateway_ran_has_nothing_to_copy()
    {
        await using var store = StoreFixture.Create(folder.Path, kind: StoreKind.PostgreSql);

        Assert.Contains("There is no store", Assert.Throws<StoreUnavailableException>(() => new PostgreSqlCopy(store.Server!, TimeProvider.System).WriteTo(folder["copy"])).Message, StringComparison.Ordinal);
    }
}
