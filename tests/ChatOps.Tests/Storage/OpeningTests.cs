using ChatOps.Storage;
using ChatOps.Testing;
using Microsoft.Data.Sqlite;

namespace ChatOps.Tests.Storage;

public class OpeningTests
{
    [Fact]
    public async Task A_new_store_belongs_to_its_owner_alone()
    {
        using var folder = new TempDirectory();
        var directory = Path.Combine(folder.Path, "deeper", "data");
        await using var store = await StoreFixture.OpenAsync(directory);
        await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1")));

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(directory));
        foreach (var file in Directory.GetFiles(directory))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(3, Directory.GetFiles(directory).Length);
    }

    [Fact]
    public async Task The_systems_library_is_used_where_it_is_new_enough_and_the_health_says_which()
    {
        await using var store = await StoreFixture.OpenAsync();

        var facts = (await store.Health.CheckAsync(CancellationToken.None)).Facts;

        Assert.Matches(@"^3\.\d+\.\d+ \((libsqlite3\.so\.0|bundled)\)$", facts["library"]);
        Assert.True(Version.Parse(facts["library"].Split(' ')[0]) >= new Version(3, 35, 5));
        if (File.Exists("/usr/lib/x86_64-linux-gnu/libsqlite3.so.0")) Assert.EndsWith("(libsqlite3.so.0)", facts["library"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_writer_keeps_a_log_and_syncs_every_commit()
    {
        await using var store = await StoreFixture.OpenAsync();

        using var writer = new ChatOps.Storage.Sqlite.SqliteFile(new StorageOptions { DataDirectory = store.DataDirectory }).OpenWriter();
        var connection = (SqliteConnection)writer.Driver;

        Assert.Equal("wal", ChatOps.Storage.Sqlite.SqliteFile.Ask(connection, "PRAGMA journal_mode"));
        Assert.Equal("2", ChatOps.Storage.Sqlite.SqliteFile.Ask(connection, "PRAGMA synchronous")); // FULL
    }

    [Fact]
    public async Task What_was_written_is_there_after_a_restart()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        await using (var store = await StoreFixture.OpenAsync(directory)) await store.WriteAsync(s => s.Inbox.Add(Rows.Inbox("a1")));

        await using var again = await StoreFixture.OpenAsync(directory);

        Assert.Equal(Rows.Inbox("a1"), await again.ReadAsync(s => s.Inbox.Find("a1")));
    }

    [Fact]
    public async Task A_newer_database_is_refused_with_versions_and_what_to_do()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        await (await StoreFixture.OpenAsync(directory)).DisposeAsync();
        Execute(directory, "INSERT INTO schema_version VALUES (99, 'from the future', 0)");

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => StoreFixture.OpenAsync(directory));

        Assert.Contains($"newer ChatOps (schema 99; this program knows up to {ChatOps.Storage.Migrations.Migration.Load("Sqlite").Count})", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Start that newer version", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        await File.WriteAllTextAsync(Path.Combine(directory, "chatops.db"), string.Concat(Enumerable.Repeat("not a database ", 1000)));

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => StoreFixture.OpenAsync(directory));

        Assert.Contains("is not a database", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_database_is_refused_after_an_unclean_end()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        var store = await StoreFixture.OpenAsync(directory);
        await store.WriteAsync(s =>
        {
            for (var i = 0; i < 2000; i++) s.Inbox.Add(Rows.Inbox($"a{i:0000}"));
        });
        await store.DisposeAsync();
        await using (var file = new FileStream(Path.Combine(directory, "chatops.db"), FileMode.Open))
        {
            file.Position = file.Length / 2;
            file.Write(new byte[100_000]);
        }

        // What a process that was killed leaves behind: a log that nobody folded in.
        await File.WriteAllBytesAsync(Path.Combine(directory, "chatops.db-wal"), new byte[32]);

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => StoreFixture.OpenAsync(directory));

        Assert.Contains("is damaged", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_without_its_database_is_refused_and_left_alone()
    {
        using var folder = new TempDirectory();
        var directory = folder.Path;
        var log = Path.Combine(directory, "chatops.db-wal");
        await File.WriteAllTextAsync(log, "precious");

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => StoreFixture.OpenAsync(directory));

        Assert.Contains("is missing", refused.Message, StringComparison.Ordinal);
        Assert.Equal("precious", await File.ReadAllTextAsync(log));
    }

    [Fact]
    public async Task A_directory_that_cannot_be_made_is_said()
    {
        var file = Path.GetTempFileName();

        var refused = await Assert.ThrowsAsync<StoreUnavailableException>(() => StoreFixture.OpenAsync(Path.Combine(file, "data")));

        Assert.Contains("cannot be used", refused.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    private static void Execute(string directory, string sql)
    {
        using var connection = DatabaseFile.Open(Path.Combine(directory, "chatops.db"));
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
