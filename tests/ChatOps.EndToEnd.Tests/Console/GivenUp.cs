using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Tools;

namespace ChatOps.EndToEnd.Console;

/// <summary>Messages that channels gave up, as a gateway that has those channels leaves them in its store: short and long reasons, ids that no line breaks in.</summary>
internal static class GivenUp
{
    private const string Long = "01ky5m0s2v8q4h7n3c9d1e6f0a2b5g8j";

    /// <summary>The one with the longest of everything.</summary>
    public const string LongestId = Long + "c";

    /// <summary>Puts them into the store of a gateway.</summary>
    public static void Put(string dataDirectory)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var store = DatabaseFile.Open(Path.Combine(dataDirectory, "chatops.db"));

        void Add(string id, string conversation, string state, int attempts, TimeSpan age, string reason, RichMessage content)
        {
            using var insert = store.CreateCommand();
            insert.CommandText = """
                INSERT INTO outbox (id, conversation_id, message_id, operation, priority, content, state, attempts, not_before, error, created_at)
                VALUES ($id, $conversation, $id, 'send', 0, $content, $state, $attempts, $at, $reason, $at)
                """;
            foreach (var (name, value) in new (string, object)[]
                     {
                         ("$id", id), ("$conversation", conversation), ("$content", Json.Write(content)), ("$state", state), ("$attempts", attempts),
                         ("$reason", reason), ("$at", (now - age).UtcTicks - DateTimeOffset.UnixEpoch.Ticks),
                     })
                insert.Parameters.AddWithValue(name, value);
            insert.ExecuteNonQuery();
        }

        Add(Long + "a", "telegram/-1001987654321", "unknown", 1, TimeSpan.FromDays(3), "The connection broke while it was being sent; it may have arrived. Not sent again.", RichMessage.Text("The certificate of shop.example.org ends in 6 days."));
        Add(Long + "b", "discord/1187302211549810688/1245617720031072256", "failed", 1, TimeSpan.FromHours(5), "Unknown Channel", RichMessage.Text("web-2: systemctl restart nginx succeeded in 1.4 s."));
        Add(
            LongestId, "slack/C07QK2M4XNB/1764057321.482919", "failed", 12, TimeSpan.FromMinutes(12),
            "Not delivered: given up after 12 tries. Last: Slack answered with 503 and this page of a proxy on the way: "
            + "https://proxy.example.org/errors/upstream-connect-error-or-disconnect-reset-before-headers?request=9f8c2f50e0f14d1c8a7b6c5d4e3f2a1b9f8c2f50e0f14d1c8a7b6c5d4e3f2a1b Ask whoever looks after it.",
            new RichMessage(
            [
                new TextBlock("**The nightly backup failed** on `db-primary-eu-central-1.internal.example.org`; the one of yesterday is the last that is whole."),
                new CodeBlock("pg_dump: error: connection to server at \"db-primary-eu-central-1.internal.example.org\" (10.20.30.41), port 5432 failed: FATAL: remaining connection slots are reserved\npg_dump: error: query was: LOCK TABLE public.orders IN ACCESS SHARE MODE", "Output"),
                new FieldsBlock([new("Machine", "db-primary-eu-central-1"), new("Ended", "1")]),
            ]));
    }
}
