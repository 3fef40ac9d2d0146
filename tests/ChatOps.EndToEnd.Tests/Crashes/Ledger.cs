using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Crashes;

/// <summary>What the store and the record hold after the last life, read past the product: by plain SQL and by the exported record.</summary>
internal sealed class Ledger
{
    private Ledger(ICrashStory lane) => Lane = lane;

    public ICrashStory Lane { get; }

    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Inbox { get; private init; } = [];

    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Messages { get; private init; } = [];

    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Outbox { get; private init; } = [];

    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Invocations { get; private init; } = [];

    public IReadOnlyList<IReadOnlyDictionary<string, string?>> Approvals { get; private init; } = [];

    /// <summary>The exported record, in order.</summary>
    public IReadOnlyList<JsonNode> Audit { get; private init; } = [];

    /// <summary>How often each effect happened.</summary>
    public IReadOnlyDictionary<string, int> Effects { get; private init; } = new Dictionary<string, int>();

    public static async Task<Ledger> ReadAsync(ICrashStory lane)
    {
        var cli = new Commands(lane.Data);
        var verified = await cli.RunAsync("audit", "verify");
        Assert.True(verified.ExitCode == 0, $"The record does not verify: {verified}");
        var export = await cli.RunAsync("audit", "export", "--since", "24h", "--format", "jsonl");
        Assert.True(export.ExitCode == 0, export.ToString());
        await using DbConnection connection = await ServerStore.ReadAsync(lane.Data);
        return new Ledger(lane)
        {
            Inbox = Rows(connection, "SELECT * FROM inbox ORDER BY id"),
            Messages = Rows(connection, "SELECT * FROM messages ORDER BY id"),
            Outbox = Rows(connection, "SELECT * FROM outbox ORDER BY id"),
            Invocations = Rows(connection, "SELECT * FROM invocations ORDER BY id"),
            Approvals = Rows(connection, "SELECT * FROM approvals ORDER BY id"),
            Audit = [.. export.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)],
            Effects = (File.Exists(lane.Effects) ? await File.ReadAllLinesAsync(lane.Effects) : []).CountBy(line => line).ToDictionary(),
        };
    }

    /// <summary>Records about one invocation, of one kind.</summary>
    public IReadOnlyList<JsonNode> About(string invocation, string kind) =>
        [.. Audit.Where(r => (string?)r["invocation"] == invocation && (string?)r["kind"] == kind)];

    private static List<IReadOnlyDictionary<string, string?>> Rows(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<IReadOnlyDictionary<string, string?>>();
        while (reader.Read())
        {
            rows.Add(Enumerable.Range(0, reader.FieldCount).ToDictionary(
                reader.GetName, i => reader.IsDBNull(i) ? null : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)));
        }

        return rows;
    }
}
