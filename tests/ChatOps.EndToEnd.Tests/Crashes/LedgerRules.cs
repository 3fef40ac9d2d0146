using System.Globalization;
using System.Text.Json.Nodes;

namespace ChatOps.EndToEnd.Crashes;

/// <summary>What must hold after any crash.</summary>
internal static class LedgerRules
{
    private const int MaxAttempts = 5;
    private const string Missing = "An answer may be missing here";

    public static void Check(Ledger ledger)
    {
        Every_accepted_message_is_there_once_and_has_one_end(ledger);
        Every_accepted_message_has_an_answer(ledger);
        Every_answer_was_delivered(ledger);
        Every_effect_happened_at_most_once_and_was_approved_and_recorded(ledger);
        Every_invocation_has_one_end_in_the_record(ledger);
        Unknown_is_only_what_a_kill_hit_between_start_and_end(ledger);
        Every_approval_was_settled_once(ledger);
        Turns_kept_the_order_of_each_conversation(ledger);
    }

    private static void Every_accepted_message_is_there_once_and_has_one_end(Ledger ledger)
    {
        Assert.Equal(ledger.Lane.Said.Count, ledger.Inbox.Count);
        foreach (var said in ledger.Lane.Said)
        {
            var item = Assert.Single(ledger.Inbox, i => i["id"] == said.InboxId);
            Assert.Equal(said.Text, item["text"]);
            Assert.True(item["state"] == "done" || IsParked(ledger, item), $"{said.Text} ended as {item["state"]}: {item["outcome"]}");
        }
    }

    // Each time it was begun a kill hit it.
    private static bool IsParked(Ledger ledger, IReadOnlyDictionary<string, string?> item) =>
        item["state"] == "failed" && item["outcome"]!.StartsWith("parked", StringComparison.Ordinal)
        && int.Parse(item["attempts"]!, CultureInfo.InvariantCulture) >= MaxAttempts && ledger.Lane.Deaths.Count >= MaxAttempts;

    private static void Every_accepted_message_has_an_answer(Ledger ledger)
    {
        foreach (var said in ledger.Lane.Said)
            Assert.True(Answers(ledger, said).Count > 0 || IsOnTheCard(ledger, said), $"{said.Text} ({said.InboxId}) was never answered.");
    }

    private static List<IReadOnlyDictionary<string, string?>> Answers(Ledger ledger, Said said) => [.. ledger.Messages.Where(m => m["inbox_id"] == said.InboxId)];

    // The card beside a decision says who decided; a second sentence would be noise.
    private static bool IsOnTheCard(Ledger ledger, Said said) =>
        said.Kind == SaidKind.Decision
        && ledger.Approvals.SingleOrDefault(a => said.Text.Contains($" {a["id"]}", StringComparison.Ordinal)) is { } approval
        && ledger.Messages.Any(m => m["conversation_id"]!.EndsWith("." + said.Conversation, StringComparison.Ordinal)
            && m["content"]!.Contains($"\"approvalId\":\"{approval["id"]}\"", StringComparison.Ordinal) && m["content"]!.Contains("owner", StringComparison.Ordinal));

    private static void Every_answer_was_delivered(Ledger ledger) =>
        Assert.All(ledger.Outbox, step => Assert.True(
            step["state"] is "sent" or "superseded" || (step["state"] == "unknown" && (WasHitTwice(ledger, step) || IsSuperseded(ledger, step))), $"{step["operation"]} of {step["message_id"]} is {step["state"]}: {step["error"]}\n{step["content"]}"));

    // Sent a second time with a mark, and hit by a kill again: a third might be there thrice. It is listed among the dead letters as one that may have arrived, and the conversation is told.
    private static bool WasHitTwice(Ledger ledger, IReadOnlyDictionary<string, string?> step) =>
        int.Parse(step["attempts"]!, CultureInfo.InvariantCulture) >= 2 && ledger.Lane.Deaths.Count >= 2
        && (step["content"]!.Contains(Missing, StringComparison.Ordinal) || step["content"]!.Contains("\"block\":\"actions\"", StringComparison.Ordinal)
            || ledger.Messages.Any(m => m["conversation_id"] == step["conversation_id"] && m["content"]!.Contains(Missing, StringComparison.Ordinal)));

    // A card of which nobody knows whether it arrived is not sent again, because its buttons would be there twice: a newer state of it or of its approval is.
    private static bool IsSuperseded(Ledger ledger, IReadOnlyDictionary<string, string?> step)
    {
        const string Key = "\"approvalId\":\"";
        var at = step["content"]!.IndexOf(Key, StringComparison.Ordinal);
        if (at < 0) return false;
        var card = step["content"]![at..(step["content"]!.IndexOf('"', at + Key.Length) + 1)];
        return ledger.Outbox.Any(later => (later["state"] == "sent" || WasHitTwice(ledger, later)) && string.CompareOrdinal(later["id"], step["id"]) > 0
            && later["conversation_id"] == step["conversation_id"] && later["content"]!.Contains(card, StringComparison.Ordinal));
    }

    private static void Every_effect_happened_at_most_once_and_was_approved_and_recorded(Ledger ledger)
    {
        foreach (var said in ledger.Lane.Said.Where(s => s.Kind is SaidKind.Change or SaidKind.DeniedChange))
        {
            var times = ledger.Effects.GetValueOrDefault(said.ClientId);
            var rows = ledger.Invocations.Where(i => i["inbox_id"] == said.InboxId).ToList();
            if (rows.Count == 0 && ledger.Inbox.Any(i => i["id"] == said.InboxId && IsParked(ledger, i)))
            {
                Assert.True(times == 0, $"{said.ClientId} ran without a record.");
                continue;
            }

            var row = Assert.Single(rows);
            var id = row["id"]!;
            Assert.True(times <= 1, $"{said.ClientId} ran {times} times.");
            if (said.Kind == SaidKind.DeniedChange)
            {
                Assert.Equal(0, times);
                Assert.Equal("refused", row["status"]);
                continue;
            }

            Assert.True(row["status"] is "done" or "unknown", $"{said.ClientId} ended as {row["status"]}: {row["outcome_json"]}");
            if (row["status"] == "done") Assert.Equal(1, times);
            var settled = Assert.Single(ledger.About(id, "approvalSettled"));
            var intent = Assert.Single(ledger.About(id, "intent"));
            Assert.Equal("approved", (string?)settled["outcome"]);
            Assert.True((long)settled["sequence"]! < (long)intent["sequence"]!, $"{said.ClientId} was started before it was approved.");
        }

        Assert.Empty(ledger.Effects.Keys.Except(ledger.Lane.Said.Where(s => s.Kind == SaidKind.Change).Select(s => s.ClientId)));
    }

    private static void Every_invocation_has_one_end_in_the_record(Ledger ledger)
    {
        // The export itself had not ended when it was written.
        foreach (var row in ledger.Invocations.Where(r => r["tool"] != "audit_export"))
        {
            Assert.DoesNotContain(row["status"], (string[])["running", "waiting"]);
            var intents = ledger.About(row["id"]!, "intent");
            var outcomes = ledger.About(row["id"]!, "outcome");
            Assert.True(intents.Count <= 1, $"{row["id"]} was started {intents.Count} times.");
            Assert.True(intents.Count == outcomes.Count, $"{row["id"]} has {intents.Count} intents and {outcomes.Count} outcomes.");
            if (intents.Count == 1) Assert.True((long)intents[0]["sequence"]! < (long)outcomes[0]["sequence"]!);
        }
    }

    private static void Unknown_is_only_what_a_kill_hit_between_start_and_end(Ledger ledger)
    {
        foreach (var row in ledger.Invocations.Where(r => r["status"] is "unknown" or "failed"))
        {
            var started = Time(Assert.Single(ledger.About(row["id"]!, "intent")));
            var ended = Time(Assert.Single(ledger.About(row["id"]!, "outcome")));
            Assert.True(ledger.Lane.Deaths.Any(d => d.At >= started && d.At <= ended), $"{row["id"]} is {row["status"]}, but no kill hit it: {row["outcome_json"]}");
            if (row["inbox_id"] is not { } inboxId) continue;
            var words = row["status"] == "unknown" ? "not repeated by itself" : "safe to ask again";
            Assert.True(
                ledger.Messages.Any(m => m["inbox_id"] == inboxId && m["content"]!.Contains(words, StringComparison.Ordinal)),
                $"Whoever asked for {row["id"]} was not told that its end is not known: {row["outcome_json"]}\nSaid instead:\n{string.Join('\n', ledger.Messages.Where(m => m["inbox_id"] == inboxId).Select(m => m["content"]))}");
        }
    }

    private static void Every_approval_was_settled_once(Ledger ledger)
    {
        foreach (var approval in ledger.Approvals)
        {
            Assert.DoesNotContain(approval["state"], (string[])["pending", "approved", "running"]);
            var settled = ledger.Audit.Count(r => (string?)r["kind"] == "approvalSettled" && (string?)r["approval"] == approval["id"]);
            Assert.True(settled == 1, $"Approval {approval["id"]} was settled {settled} times.");
        }
    }

    private static void Turns_kept_the_order_of_each_conversation(Ledger ledger)
    {
        foreach (var conversation in ledger.Lane.Said.GroupBy(s => s.Conversation))
        {
            var ids = conversation.Select(s => s.InboxId!).ToList();
            Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
            var begun = conversation.Select(s => Answers(ledger, s)).Where(a => a.Count > 0).Select(a => a[0]["id"]!).ToList();
            Assert.Equal(begun.Order(StringComparer.Ordinal), begun);
        }
    }

    private static DateTimeOffset Time(JsonNode record) => DateTimeOffset.Parse((string)record["time"]!, CultureInfo.InvariantCulture);
}
