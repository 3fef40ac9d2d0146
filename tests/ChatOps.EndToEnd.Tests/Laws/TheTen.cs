using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ChatOps.EndToEnd.Crashes;

namespace ChatOps.EndToEnd.Laws;

/// <summary>The ten invariants, each proved from the evidence alone and never by asking the product whether all is well.</summary>
internal static partial class TheTen
{
    private const string Unlocated = "unknown";

    // The invocation of a tick is named by so much of a hash of its run.
    private const int TickIdLength = 26;
    private static readonly string[] Open = ["running", "waiting"];

    public static IReadOnlyList<Law> All { get; } =
    [
        new("I1 no effect without a settled approval of the same plan", EffectsWereApproved),
        new("I2 an approval is settled once", SettledOnce),
        new("I3 nobody approves what they asked for", AnotherPerson),
        new("I4 a command runs at most once on its node", AtMostOnce),
        new("I5 every accepted message has one end and an answer", OneEnd),
        new("I6 each conversation keeps its order", InOrder),
        new("I7 the record is whole and has every command", Recorded),
        new("I8 no secret is anywhere", NoSecret),
        new("I9 the counts of a fan-out are those of its nodes", CountsSum),
        new("I10 a tick of a schedule runs once", OneRunEachTick),
    ];

    /// <summary>Everything that speaks against any of them.</summary>
    public static IReadOnlyList<string> Judge(Evidence evidence) => [.. All.SelectMany(law => law.Violations(evidence).Select(what => $"{law.Name}: {what}"))];

    private static IEnumerable<string> EffectsWereApproved(Evidence evidence)
    {
        var said = evidence.Said.ToDictionary(s => s.ClientId);
        var invocations = evidence.Invocations.Where(i => i["inbox_id"] is not null).ToLookup(i => i["inbox_id"]!);
        foreach (var (node, id) in evidence.Effects.Distinct())
        {
            if (!said.TryGetValue(id, out var asked) || asked.Kind != SaidKind.Change) yield return $"{id} happened on {node}, and nobody asked for it or it was denied.";
            else if (!invocations[asked.InboxId ?? ""].Any(i => IsApproved(evidence, i))) yield return $"{id} happened on {node} without an approval of its plan before its start.";
        }

        // Whatever the nodes themselves say they ran, reads apart.
        var byId = evidence.Invocations.ToDictionary(i => i["id"]!);
        foreach (var (node, execution) in evidence.Executions)
        {
            if (!byId.TryGetValue(InvocationOf(execution), out var invocation) || evidence.About(invocation["id"], "intent") is [var start, ..] && (string?)start["risk"] == "read") continue;
            if (!IsApproved(evidence, invocation)) yield return $"{node} ran {execution} ({invocation["arguments_json"]}) without an approval of its plan before its start.";
        }
    }

    private static bool IsApproved(Evidence evidence, Row invocation)
    {
        var intent = evidence.About(invocation["id"], "intent") is [var start, ..] ? start : null;
        if (evidence.Approvals.FirstOrDefault(a => a["id"] == invocation["approval_id"]) is not { } approval)
            return evidence.Grants.Any(g => g["principal"] == invocation["principal"] && g["tool"] == invocation["tool"]);
        return approval["plan_hash"] == invocation["plan_hash"] && intent is not null
            && evidence.About(invocation["id"], "approvalSettled").Any(s => (string?)s["outcome"] == "approved" && (long)s["sequence"]! < (long)intent["sequence"]!);
    }

    private static IEnumerable<string> SettledOnce(Evidence evidence)
    {
        var settled = evidence.Audit.Where(r => (string?)r["kind"] == "approvalSettled").ToLookup(r => (string?)r["approval"] ?? "");
        foreach (var approval in evidence.Approvals)
        {
            if (approval["state"] is "pending" or "approved" or "running") yield return $"{approval["id"]} is still {approval["state"]}.";
            else if (Decisions(approval, settled[approval["id"]!]) is not 1 and var times) yield return $"{approval["id"]} was settled {times} times.";
        }
    }

    // What was approved and may not run any more when its time comes (its node is gone, a right was taken away) is taken back by the gateway, and never ran.
    private static int Decisions(Row approval, IEnumerable<JsonNode> settled) =>
        approval["state"] == "cancelled" && settled.ToList() is [var first, var last] && (string?)first["outcome"] == "approved" && (string?)last["outcome"] == "cancelled" && (string?)last["principal"] == "gateway" ? 1 : settled.Count();

    private static IEnumerable<string> AnotherPerson(Evidence evidence)
    {
        var requesters = evidence.Approvals.ToDictionary(a => a["id"]!, a => a["requester"]);
        foreach (var vote in evidence.Votes.Where(v => v["approves"] == "1" && requesters.GetValueOrDefault(v["approval_id"]!) == v["principal"]))
            yield return $"{vote["principal"]} approved {vote["approval_id"]}, which they had asked for.";
        foreach (var settled in evidence.Audit.Where(r => (string?)r["kind"] == "approvalSettled" && (string?)r["outcome"] == "approved"))
        {
            if (requesters.GetValueOrDefault((string)settled["approval"]!) == (string?)settled["principal"]) yield return $"{settled["principal"]} settled {settled["approval"]}, which they had asked for.";
        }
    }

    private static IEnumerable<string> AtMostOnce(Evidence evidence) =>
    [
        .. evidence.Effects.CountBy(e => e).Where(e => e.Value > 1).Select(e => $"{e.Key.Id} happened {e.Value} times on {e.Key.Node}."),
        .. evidence.Executions.CountBy(e => e.Execution).Where(e => e.Value > 1).Select(e => $"{e.Key} is in the registers of {e.Value} nodes."),
    ];

    private static IEnumerable<string> OneEnd(Evidence evidence)
    {
        var inbox = evidence.Inbox.ToLookup(i => i["id"]!);
        foreach (var said in evidence.Said)
        {
            var items = inbox[said.InboxId ?? ""].ToList();
            if (items.Count != 1) yield return $"{said.ClientId} ({said.Text}) is in the inbox {items.Count} times.";
            else if (items[0]["state"] is not ("done" or "failed" or "cancelled")) yield return $"{said.ClientId} ({said.Text}) is still {items[0]["state"]}.";
            else if (said.Kind != SaidKind.Decision && !evidence.Answers(said).Any()) yield return $"{said.ClientId} ({said.Text}) was never answered: {items[0]["outcome"]}";
        }

        if (evidence.Inbox.Count != evidence.Said.Count) yield return $"{evidence.Said.Count} messages were said, and {evidence.Inbox.Count} are in the inbox.";
        foreach (var step in evidence.Outbox.Where(s => s["state"] is not ("sent" or "superseded" or Unlocated)))
            yield return $"{step["operation"]} of {step["message_id"]} is {step["state"]}: {step["error"]}";
        foreach (var invocation in evidence.Invocations.Where(i => Open.Contains(i["status"]))) yield return $"{invocation["id"]} is still {invocation["status"]}.";
        foreach (var violation in OnThePlatforms(evidence)) yield return violation;
    }

    // A send whose end nobody knows may be there, may not be, or may be there twice, and its step says so.
    private static IEnumerable<string> OnThePlatforms(Evidence evidence)
    {
        var doubtful = evidence.Outbox.Where(s => s["state"] == Unlocated || s["doubtful"] != "0" || Number(s["attempts"]) > 1).Select(s => s["message_id"]).ToHashSet();
        var unsure = evidence.Messages.Where(m => doubtful.Contains(m["id"])).Select(m => m["inbox_id"]).ToHashSet();
        unsure.UnionWith(evidence.Said.Where(s => evidence.Invocations.All(i => i["inbox_id"] != s.InboxId)).Select(s => s.InboxId));
        unsure.UnionWith(evidence.Invocations.Where(i => i["status"] is not "done").Select(i => i["inbox_id"]));
        var seen = evidence.Posts.SelectMany(p => Words(p.Text).Select(w => (p.Conversation, w))).CountBy(p => p).ToDictionary();
        var read = evidence.Posts.Select(p => p.Conversation).ToHashSet();
        foreach (var said in evidence.Said.Where(s => s.Kind == SaidKind.Read && read.Contains(s.Conversation) && !unsure.Contains(s.InboxId)))
        {
            var times = seen.GetValueOrDefault((said.Conversation, said.ClientId));
            if (times != 1) yield return $"{said.ClientId} was answered {times} times on its platform ({said.Conversation}).";
        }
    }

    // What only says that something runs is no answer.
    private static IEnumerable<string> Words(string text) => text.Contains("Running", StringComparison.Ordinal) ? [] : Word().Matches(text).Select(m => m.Value).Distinct();

    private static IEnumerable<string> InOrder(Evidence evidence)
    {
        foreach (var conversation in evidence.Said.Where(s => s.InboxId is not null).GroupBy(s => s.Conversation))
        {
            foreach (var (before, after) in conversation.Zip(conversation.Skip(1)).Where(p => string.CompareOrdinal(p.First.InboxId, p.Second.InboxId) > 0))
                yield return $"{after.ClientId} was taken in before {before.ClientId} in {conversation.Key}.";

            // By the record, which has one order: a read starts when its turn comes; a change waits for people.
            var begun = conversation.Where(s => s.Kind == SaidKind.Read).Select(s => (Said: s, At: Begun(evidence, s))).Where(s => s.At is not null).ToList();
            foreach (var (before, after) in begun.Zip(begun.Skip(1)).Where(p => p.First.At > p.Second.At))
                yield return $"{after.Said.ClientId} was begun before {before.Said.ClientId} in {conversation.Key}.";
        }
    }

    private static long? Begun(Evidence evidence, Said said) => evidence.Invocations.Where(i => i["inbox_id"] == said.InboxId).SelectMany(i => evidence.About(i["id"], "intent")).Select(r => (long?)r["sequence"]).Min();

    private static IEnumerable<string> Recorded(Evidence evidence)
    {
        if (evidence.Broken is { } broken) yield return broken;
        foreach (var (before, after) in evidence.Audit.Zip(evidence.Audit.Skip(1)))
        {
            if ((string?)after["previous"] != (string?)before["hash"] || (long)after["sequence"]! != (long)before["sequence"]! + 1) yield return $"Record {after["sequence"]} does not follow {before["sequence"]}.";
        }

        foreach (var invocation in evidence.Invocations)
        {
            var (intents, outcomes) = (evidence.About(invocation["id"], "intent"), evidence.About(invocation["id"], "outcome"));
            if (Open.Contains(invocation["status"])) continue;
            if (intents.Count > 1 || intents.Count != outcomes.Count) yield return $"{invocation["id"]} ({invocation["status"]}) has {intents.Count} starts and {outcomes.Count} ends in the record.";
            else if (intents.Count == 1 && (long)intents[0]["sequence"]! > (long)outcomes[0]["sequence"]!) yield return $"{invocation["id"]} ended before it began.";
        }

        foreach (var (node, execution) in evidence.Executions)
        {
            if (evidence.About(InvocationOf(execution), "intent").Count == 0) yield return $"{node} ran {execution}, of which the record has no start.";
        }
    }

    private static IEnumerable<string> NoSecret(Evidence evidence) =>
        from sink in evidence.Sinks from secret in evidence.Secrets where sink.Text.Contains(secret, StringComparison.Ordinal) select $"{secret[..4]}… is in {sink.Name}.";

    private static IEnumerable<string> CountsSum(Evidence evidence)
    {
        foreach (var invocation in evidence.Invocations.Where(i => i["tool"] == "run" && i["outcome_json"] is not null))
        {
            if ((string?)JsonNode.Parse(invocation["outcome_json"]!)?["result"]?["dataJson"] is not { } text || JsonNode.Parse(text) is not { } data || data["counts"] is not JsonObject counts) continue;
            var targets = JsonNode.Parse(invocation["targets"]!)!.AsArray().Select(t => (string)t!).Order(StringComparer.Ordinal).ToList();
            var nodes = data["nodes"]!.AsArray().Select(n => (string)n!["node"]!).Order(StringComparer.Ordinal).ToList();
            if (!nodes.SequenceEqual(targets)) yield return $"{invocation["id"]} was for {string.Join(',', targets)} and tells of {string.Join(',', nodes)}.";
            if (counts.Sum(c => (int)c.Value!) != (int)data["total"]! || (int)data["total"]! != nodes.Count) yield return $"{invocation["id"]} counts {counts.Sum(c => (int)c.Value!)} of {data["total"]}, and tells of {nodes.Count}.";
            foreach (var outcome in data["nodes"]!.AsArray().CountBy(n => (string)n!["outcome"]!))
            {
                if ((int?)counts[outcome.Key] != outcome.Value) yield return $"{invocation["id"]} counts {counts[outcome.Key]} as {outcome.Key}, and {outcome.Value} are.";
            }
        }
    }

    private static IEnumerable<string> OneRunEachTick(Evidence evidence)
    {
        foreach (var tick in evidence.Ticks.CountBy(t => (t["schedule"], t["nominal"])).Where(t => t.Value > 1)) yield return $"{tick.Key} has {tick.Value} runs.";
        foreach (var tick in evidence.Ticks)
        {
            if (tick["state"] is "queued" or "running" or "waiting") yield return $"{tick["schedule"]} at {tick["nominal"]} is still {tick["state"]}.";
            var invocation = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tick["id"]!)))[..TickIdLength];
            var begun = evidence.Invocations.Where(i => i["id"]!.StartsWith(invocation, StringComparison.Ordinal)).Sum(i => evidence.About(i["id"], "intent").Count);
            if (begun > Number(tick["attempt"])) yield return $"{tick["schedule"]} at {tick["nominal"]} was begun {begun} times in {tick["attempt"]} tries.";
        }
    }

    private static int Number(string? text) => int.Parse(text!, CultureInfo.InvariantCulture);

    private static string InvocationOf(string execution) => execution.Split('.')[0];

    [GeneratedRegex("[A-Za-z0-9-]+")]
    private static partial Regex Word();
}
