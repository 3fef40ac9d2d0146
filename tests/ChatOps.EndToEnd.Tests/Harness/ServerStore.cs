using System.Data.Common;
using System.Text.Json.Nodes;
using ChatOps.Testing;
using ChatOps.Testing.Servers;
using Npgsql;

namespace ChatOps.EndToEnd.Harness;

/// <summary>Gateways whose store is a database on the tests' own PostgreSQL.</summary>
internal static class ServerStore
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly string[] Shared = ["redaction.key", "gateway.key", "keys/audit.key", "audit.checkpoint"];

    /// <summary>Has the gateway of a data directory use a database, which several may name.</summary>
    public static void Use(string dataDirectory, string database)
    {
        if (PostgreSqlCluster.Shared is null) throw new InvalidOperationException("PostgreSQL is not installed here; tests/run.sh installs it.");
        var settings = new JsonObject { ["Store"] = new JsonObject { ["Provider"] = "PostgreSql", ["ConnectionString"] = PostgreSqlCluster.Shared!.DatabaseFor(database) } };
        Directory.CreateDirectory(dataDirectory, OwnerOnly);
        File.WriteAllText(SettingsOf(dataDirectory), settings.ToJsonString());
        File.SetUnixFileMode(SettingsOf(dataDirectory), UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Has the gateway of a data directory stand on what a mode says: nothing to do for a file, a database of its own and a place of its own on the broker else.</summary>
    public static async Task UseAsync(StoreMode mode, string dataDirectory)
    {
        if (mode == StoreMode.Embedded) return;
        Use(dataDirectory, dataDirectory);
        var broker = await RabbitServer.SharedAsync();
        var settings = JsonNode.Parse(await File.ReadAllTextAsync(SettingsOf(dataDirectory)))!;
        var secret = dataDirectory.TrimEnd('/') + "-broker.secret";
        await File.WriteAllTextAsync(secret, RabbitServer.User);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        settings["Bus"] = new JsonObject
        {
            ["Transport"] = "RabbitMq",
            ["RabbitMq"] = new JsonObject { ["Host"] = "127.0.0.1", ["Port"] = broker.Port, ["VirtualHost"] = broker.NewPlace(), ["Username"] = RabbitServer.User, ["Password"] = $"${{file:{secret}}}" },
        };
        await File.WriteAllTextAsync(SettingsOf(dataDirectory), settings.ToJsonString());
    }

    /// <summary>The server of a data directory; null when its store is a file.</summary>
    public static string? Of(string dataDirectory) =>
        File.Exists(SettingsOf(dataDirectory)) ? (string?)JsonNode.Parse(File.ReadAllText(SettingsOf(dataDirectory)))!["Store"]?["ConnectionString"] : null;

    /// <summary>A connection to the store of a data directory, past the gateway, to read what it wrote.</summary>
    public static async Task<DbConnection> ReadAsync(string dataDirectory)
    {
        if (Of(dataDirectory) is not { } server) return DatabaseFile.Open(Path.Combine(dataDirectory, "chatops.db"), "Mode=ReadOnly");
        var connection = new NpgsqlConnection(server + ";Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    /// <summary>Copies what all gateways of a database must have, as docs/operations.md says.</summary>
    public static void CopyKeys(string from, string to)
    {
        Directory.CreateDirectory(to, OwnerOnly);
        Directory.CreateDirectory(Path.Combine(to, "keys"), OwnerOnly);
        foreach (var file in Shared) File.Copy(Path.Combine(from, file), Path.Combine(to, file), overwrite: true);
    }

    private static string SettingsOf(string dataDirectory) => Path.Combine(dataDirectory, "settings.json");
}
