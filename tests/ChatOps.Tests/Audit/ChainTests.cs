using System.Security.Cryptography;
using System.Text;
using ChatOps.Audit;

namespace ChatOps.Tests.Audit;

public class ChainTests
{
    [Fact]
    public async Task The_first_record_follows_zeros_and_every_other_follows_the_one_before()
    {
        await using var audit = await AuditFixture.OpenAsync();
        await audit.AppendAsync(3);

        var records = await audit.Store.ReadAsync(s => s.Audit.Read(1, 10));

        Assert.Equal([1, 2, 3], records.Select(r => r.Sequence));
        Assert.Equal(new string('0', 64), records[0].PreviousHash);
        Assert.Equal(records[0].Hash, records[1].PreviousHash);
        Assert.Equal(records[1].Hash, records[2].PreviousHash);
        Assert.All(records, r => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(r.CanonicalJson))), r.Hash));
    }

    [Fact]
    public async Task The_hashed_text_is_sorted_dense_and_complete()
    {
        await using var audit = await AuditFixture.OpenAsync(time: new FixedTime(new DateTimeOffset(2026, 3, 1, 13, 0, 0, 250, TimeSpan.FromHours(1)).AddTicks(77)));
        var id = await audit.AppendAsync(new AuditEntry(AuditKind.ApprovalSettled, "über \"x\"")
        {
            Principal = "uma",
            ActorKey = "web:u1",
            ConversationId = "web/c1",
            InvocationId = "inv",
            ApprovalId = "ap",
            Tool = "run",
            Nodes = ["b", "a"],
            Risk = ChatOps.Policy.Risk.Dangerous,
            Rule = "r",
            Outcome = "approved",
            Detail = new Dictionary<string, string> { ["z"] = "1", ["B"] = "2", ["a"] = "3" },
        });

        var record = (await audit.Log.FindAsync(id, CancellationToken.None))!;

        Assert.Equal(
            """{"actor":"web:u1","approval":"ap","conversation":"web/c1","detail":{"B":"2","a":"3","z":"1"},"id":"ID","invocation":"inv","kind":"approvalSettled","nodes":["b","a"],"outcome":"approved","previous":"ZEROS","principal":"uma","risk":"dangerous","rule":"r","sequence":1,"summary":"über \"x\"","time":"2026-03-01T12:00:00.250Z","tool":"run"}"""
                .Replace("ID", id, StringComparison.Ordinal).Replace("ZEROS", new string('0', 64), StringComparison.Ordinal),
            record.CanonicalJson);
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 0, 0, 250, TimeSpan.Zero), record.Time);
    }

    [Fact]
    public async Task Secrets_are_gone_before_the_text_is_hashed_in_every_member()
    {
        await using var audit = await AuditFixture.OpenAsync();
        const string Secret = WordRedactor.Secret;
        await audit.AppendAsync(new AuditEntry(AuditKind.Outcome, Secret)
        {
            Principal = Secret,
            ActorKey = Secret,
            ConversationId = Secret,
            InvocationId = Secret,
            ApprovalId = Secret,
            Tool = Secret,
            Nodes = [Secret],
            Rule = Secret,
            Outcome = Secret,
            Detail = new Dictionary<string, string> { [Secret] = Secret },
        });

        await audit.CloseAsync();

        foreach (var file in Directory.GetFiles(audit.Store.DataDirectory, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
    }

    [Theory]
    [InlineData("half a pair \ud83d and the other \ude80")]
    [InlineData("nul \0, escape \u001b[31m, line separator \u2028, quote \" and backslash \\")]
    [InlineData("")]
    public async Task Odd_text_is_stored_as_it_was_hashed(string text)
    {
        await using var audit = await AuditFixture.OpenAsync();
        await audit.AppendAsync(new AuditEntry(AuditKind.Outcome, text) { Detail = new Dictionary<string, string> { [text] = text } });

        var result = await audit.VerifyAsync();

        Assert.True(result.Intact, result.Problem);
    }

    [Fact]
    public async Task A_rolled_back_append_leaves_no_gap()
    {
        await using var audit = await AuditFixture.OpenAsync();
        await audit.AppendAsync(1);
        var writes = Enumerable.Range(0, 50).Select(async i =>
        {
            try
            {
                await audit.Store.WriteAsync(s =>
                {
                    audit.Writer.Append(s, new AuditEntry(AuditKind.Intent, $"{i}"));
                    if (i % 3 == 0) throw new InvalidOperationException("no");
                });
            }
            catch (InvalidOperationException e) when (e.Message == "no")
            {
            }
        });
        await Task.WhenAll(writes);

        var result = await audit.VerifyAsync();

        Assert.True(result.Intact, result.Problem);
        Assert.Equal(1 + 33, result.Records);
    }

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
