using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Crashes;
using ChatOps.EndToEnd.Harness;
using ChatOps.Storage.Engine;

namespace ChatOps.EndToEnd.Laws;

/// <summary>Reads the evidence past the product, by plain SQL and from the files that others wrote.</summary>
internal static class EvidenceReader
{
    /// <summary>From the store of a data directory whose gateway is stopped, or runs.</summary>
    public static async Task<Evidence> ReadAsync(string data, string? workspace, IReadOnlyList<Said> said)
    {
        var verified = await new Commands(data, workspace).RunAsync("audit", "verify");
        await using var connection = await ServerStore.ReadAsync(data);
        var inbox = Rows(connection, "SELECT * FROM inbox ORDER BY id");

        // A platform is not told the number of its message in the inbox; the words are unique.
        var byText = inbox.ToLookup(i => i["text"]!);
        foreach (var one in said.Where(s => s.InboxId is null)) one.InboxId = byText[one.Text].Select(i => i["id"]).FirstOrDefault();
        return new Evidence
        {
            Said = said,
            Inbox = inbox,
            Messages = Rows(connection, "SELECT * FROM messages ORDER BY id"),
            Outbox = Rows(connection, "SELECT * FROM outbox ORDER BY id"),
            Invocations = Rows(connection, "SELECT * FROM invocations ORDER BY id"),
            Approvals = Rows(connection, "SELECT * FROM approvals ORDER BY id"),
            Votes = Rows(connection, "SELECT * FROM approval_votes ORDER BY approval_id, position"),
            Grants = Rows(connection, "SELECT * FROM grants ORDER BY id"),
            Ticks = Rows(connection, "SELECT * FROM schedule_runs ORDER BY id"),
            Audit = [.. Rows(connection, "SELECT canonical_json, hash FROM audit ORDER BY sequence").Select(Record)],
            Broken = verified.ExitCode == 0 ? null : verified.ToString(),
        };
    }

    /// <summary>The lines of a file of effects, each the id of the message that asked for it.</summary>
    public static IEnumerable<(string Node, string Id)> Effects(string node, string file) => File.Exists(file) ? File.ReadAllLines(file).Select(line => (node, line)) : [];

    /// <summary>What stands in the register of a node.</summary>
    public static IEnumerable<(string Node, string Execution)> Executions(string node, string state) => Path.Combine(state, "executions") is var folder && Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.json").Select(file => (node, Path.GetFileNameWithoutExtension(file)))
        : [];

    private static JsonNode Record(Row row)
    {
        var record = JsonNode.Parse(row["canonical_json"]!)!;
        record["hash"] = row["hash"];
        return record;
    }

    private static List<Row> Rows(DbConnection connection, string sql)
    {
        using var command = connection.Statement(sql);
        using var reader = command.ExecuteReader();
        var rows = new List<Row>();
        while (reader.Read())
        {
            rows.Add(new Row(Enumerable.Range(0, reader.FieldCount).ToDictionary(
                reader.GetName, i => reader.IsDBNull(i) ? null : Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture))));
        }

        return rows;
    }
}
