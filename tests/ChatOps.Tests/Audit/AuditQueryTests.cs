using ChatOps.Audit;

namespace ChatOps.Tests.Audit;

public class AuditQueryTests
{
    [Fact]
    public async Task Filters_narrow_and_text_is_found_without_regard_to_case()
    {
        await using var audit = await AuditFixture.OpenAsync();
        var start = TimeProvider.System.GetUtcNow();
        await audit.AppendAsync(new AuditEntry(AuditKind.Intent, "Restart CRON") { Principal = "uma", Tool = "run", Nodes = ["web-1"], InvocationId = "i1", Outcome = "waiting" });
        await audit.AppendAsync(new AuditEntry(AuditKind.Outcome, "ÜBER \"quoted\"") { Principal = "li", Tool = "run", Nodes = ["web-1", "db-1"], ApprovalId = "a1", Outcome = "done" });
        await audit.AppendAsync(new AuditEntry(AuditKind.SignIn, "100% in") { Principal = "uma", Detail = new Dictionary<string, string> { ["from"] = "Chromium" } });

        async Task<List<long>> Find(AuditQuery query) => [.. (await audit.Log.QueryAsync(query, CancellationToken.None)).Select(r => r.Sequence)];

        Assert.Equal([3, 2, 1], await Find(new AuditQuery()));
        Assert.Equal([3, 1], await Find(new AuditQuery(Principal: "uma")));
        Assert.Equal([2, 1], await Find(new AuditQuery(Tool: "run")));
        Assert.Equal([2], await Find(new AuditQuery(Node: "db-1")));
        Assert.Equal([2], await Find(new AuditQuery(Outcome: "done")));
        Assert.Equal([1], await Find(new AuditQuery(InvocationId: "i1")));
        Assert.Equal([2], await Find(new AuditQuery(ApprovalId: "a1")));
        Assert.Equal([1], await Find(new AuditQuery(Text: "restart cron")));
        Assert.Equal([2], await Find(new AuditQuery(Text: "über \"QUOTED\"")));
        Assert.Equal([3], await Find(new AuditQuery(Text: "chromium", Principal: "uma")));
        Assert.Equal([3], await Find(new AuditQuery(Text: "100%")));
        Assert.Empty(await Find(new AuditQuery(Text: "r_n")));
        Assert.Equal([1], await Find(new AuditQuery(Before: 2)));
        Assert.Equal([3, 2], await Find(new AuditQuery(Limit: 2)));
        Assert.Equal(3, (await Find(new AuditQuery(Since: start.AddSeconds(-1)))).Count);
        Assert.Empty(await Find(new AuditQuery(Until: start.AddSeconds(-1))));
    }

    [Fact]
    public async Task An_export_as_lines_can_be_verified_without_the_program()
    {
        await using var audit = await AuditFixture.OpenAsync();
        await audit.AppendAsync(20);
        await using var text = new StringWriter();

        await audit.Log.ExportAsync(text, DateTimeOffset.MinValue, AuditExportFormat.JsonLines, CancellationToken.None);

        var previous = new string('0', 64);
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(20, lines.Length);
        foreach (var line in lines)
        {
            using var json = System.Text.Json.JsonDocument.Parse(line);
            var hash = json.RootElement.GetProperty("hash").GetString()!;
            var hashed = line.Replace($",\"hash\":\"{hash}\"", "", StringComparison.Ordinal);
            Assert.Equal(hash, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(hashed))));
            Assert.Equal(previous, json.RootElement.GetProperty("previous").GetString());
            previous = hash;
        }
    }

    [Fact]
    public async Task An_export_as_table_quotes_and_makes_formulas_inert()
    {
        await using var audit = await AuditFixture.OpenAsync();
        await audit.AppendAsync(new AuditEntry(AuditKind.Outcome, "=HYPERLINK(\"http://evil\",\"x\")") { Principal = "a,b", Rule = "line\nbreak", Outcome = "-1" });
        await using var text = new StringWriter();

        await audit.Log.ExportAsync(text, DateTimeOffset.MinValue, AuditExportFormat.Csv, CancellationToken.None);

        var csv = text.ToString();
        Assert.StartsWith("sequence,time,", csv, StringComparison.Ordinal);
        Assert.Contains("\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")\"", csv, StringComparison.Ordinal);
        Assert.Contains(",\"a,b\",", csv, StringComparison.Ordinal);
        Assert.Contains(",\"line\nbreak\",'-1,", csv, StringComparison.Ordinal);
        Assert.EndsWith("\r\n", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_since_a_time_leaves_out_what_is_older()
    {
        await using var audit = await AuditFixture.OpenAsync();
        await audit.AppendAsync(20);
        var later = TimeProvider.System.GetUtcNow().AddHours(1);
        await using var text = new StringWriter();

        await audit.Log.ExportAsync(text, later, AuditExportFormat.JsonLines, CancellationToken.None);

        Assert.Empty(text.ToString());
    }
}
