using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ChatOps.EndToEnd.Crashes;

namespace ChatOps.EndToEnd.Laws;

/// <summary>The checker sees what it is there for: a sound story has no violation, and with one thing planted the law about it speaks, and says of what.</summary>
public sealed class TheTenTests
{
    private const string Change = "01c";
    private const string Read = "01r";
    private static readonly string Tick = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("run-1")))[..26] + "-1";

    public static TheoryData<string, string> Planted => new()
    {
        { "I1 ", "an effect that nobody asked for" }, { "I1 ", "an effect that was denied" }, { "I1 ", "an approval of another plan" }, { "I1 ", "a start before the approval" }, { "I1 ", "a node that ran it unasked" },
        { "I2 ", "a second settlement" }, { "I2 ", "an approval that waits" },
        { "I3 ", "the requester's own vote" }, { "I3 ", "the requester's own settlement" },
        { "I4 ", "an effect twice" }, { "I4 ", "an execution on two nodes" },
        { "I5 ", "a message that is lost" }, { "I5 ", "a message without an end" }, { "I5 ", "a message without an answer" }, { "I5 ", "a reply that is not sent" }, { "I5 ", "an answer that nobody sees" }, { "I5 ", "an answer that is there twice" }, { "I5 ", "a message that nobody said" },
        { "I6 ", "an order of taking in" }, { "I6 ", "an order of beginning" },
        { "I7 ", "a record that does not verify" }, { "I7 ", "a record that is missing" }, { "I7 ", "a start without an end" }, { "I7 ", "an execution that the record does not know" },
        { "I8 ", "a secret in a log" },
        { "I9 ", "a node that is not told of" }, { "I9 ", "a count that is wrong" },
        { "I10 ", "a tick twice" }, { "I10 ", "a tick that was begun twice" }, { "I10 ", "a tick without an end" },
    };

    [Fact]
    public void A_sound_story_has_no_violation() => Assert.Empty(TheTen.Judge(Sound()));

    [Fact]
    public void Something_is_planted_against_each_of_the_ten() =>
        Assert.Equal(TheTen.All.Select(l => l.Name.Split(' ')[0]), Planted.Select(p => p.Data.Item1.Trim()).Distinct());

    [Theory]
    [MemberData(nameof(Planted))]
    public void What_is_planted_is_found(string law, string planted)
    {
        var violations = TheTen.Judge(Plant(planted, Sound()));

        Assert.Contains(violations, v => v.StartsWith(law, StringComparison.Ordinal));
    }

    private static Evidence Plant(string what, Evidence sound) => what switch
    {
        "an effect that nobody asked for" => sound with { Effects = [.. sound.Effects, ("n1", "m9")] },
        "an effect that was denied" => sound with { Said = [.. sound.Said.Select(s => s.ClientId == "m1" ? s with { Kind = SaidKind.DeniedChange } : s)] },
        "an approval of another plan" => sound with { Approvals = [sound.Approvals[0].With("plan_hash", "other")] },
        "a start before the approval" => sound with { Audit = [.. Renumbered(sound.Audit[1], sound.Audit[0], sound.Audit.Skip(2))] },
        "a node that ran it unasked" => sound with { Effects = [], Approvals = [], Said = [.. sound.Said.Select(s => s with { Kind = SaidKind.Read })] },
        "a second settlement" => sound with { Audit = [.. sound.Audit, Settled("ben", 90)] },
        "an approval that waits" => sound with { Approvals = [sound.Approvals[0].With("state", "pending")] },
        "the requester's own vote" => sound with { Votes = [sound.Votes[0].With("principal", "ana")] },
        "the requester's own settlement" => sound with { Audit = [Settled("ana", 1), .. sound.Audit.Skip(1)] },
        "an effect twice" => sound with { Effects = [.. sound.Effects, .. sound.Effects] },
        "an execution on two nodes" => sound with { Executions = [.. sound.Executions, ("n2", Change)] },
        "a message that is lost" => sound with { Inbox = [.. sound.Inbox.Skip(1)] },
        "a message without an end" => sound with { Inbox = [sound.Inbox[0].With("state", "suspended"), .. sound.Inbox.Skip(1)] },
        "a message without an answer" => sound with { Messages = [] },
        "a reply that is not sent" => sound with { Outbox = [sound.Outbox[0].With("state", "failed")] },
        "an answer that nobody sees" => sound with { Posts = [("one", "nothing")] },
        "an answer that is there twice" => sound with { Posts = [.. sound.Posts, .. sound.Posts] },
        "a message that nobody said" => sound with { Inbox = [.. sound.Inbox, sound.Inbox[0].With("id", "09")] },
        "an order of taking in" => sound with { Said = [sound.Said[1], sound.Said[0], .. sound.Said.Skip(2)] },
        "an order of beginning" => sound with { Audit = [.. sound.Audit.Take(3), .. Swapped(sound.Audit)] },
        "a record that does not verify" => sound with { Broken = "record 3 does not follow record 2" },
        "a record that is missing" => sound with { Audit = [sound.Audit[0], .. sound.Audit.Skip(2)] },
        "a start without an end" => sound with { Audit = [.. sound.Audit.SkipLast(1)] },
        "an execution that the record does not know" => sound with { Executions = [.. sound.Executions, ("n1", "01x")] },
        "a secret in a log" => sound with { Sinks = [("the log", "token=hunter22")] },
        "a node that is not told of" => sound with { Invocations = [sound.Invocations[0].With("targets", """["n1","n2"]"""), .. sound.Invocations.Skip(1)] },
        "a count that is wrong" => sound with { Invocations = [sound.Invocations[0].With("outcome_json", Outcome("n1", ok: 2)), .. sound.Invocations.Skip(1)] },
        "a tick twice" => sound with { Ticks = [sound.Ticks[0], sound.Ticks[0].With("id", "run-2")] },
        "a tick that was begun twice" => sound with { Invocations = [.. sound.Invocations, sound.Invocations[^1].With("id", Tick[..26] + "-2")], Audit = [.. sound.Audit, Record("intent", Tick[..26] + "-2", 90)] },
        "a tick without an end" => sound with { Ticks = [sound.Ticks[0].With("state", "running")] },
        _ => throw new ArgumentOutOfRangeException(nameof(what), what, "Nobody knows how to plant that."),
    };

    // Ana asks for a change on n1, which Ben approves, and reads twice; a schedule ticks.
    private static Evidence Sound() => new()
    {
        Said =
        [
            new Said("m1", "one", SaidKind.Change, "/run touch it --on n1") { InboxId = "01" }, new Said("m2", "one", SaidKind.Read, "/run echo m2") { InboxId = "02" },
            new Said("m3", "one", SaidKind.Read, "/run echo m3") { InboxId = "03" },
        ],
        Inbox = [Inbox("01"), Inbox("02"), Inbox("03")],
        Messages = [Message("a1", "01"), Message("a2", "02"), Message("a3", "03")],
        Outbox = [Of(("id", "o2"), ("message_id", "a2"), ("operation", "send"), ("state", "sent"), ("error", null), ("doubtful", "0"), ("attempts", "1"))],
        Invocations = [Invocation(Change, "01", "approved-plan", "A1", "n1"), Invocation(Read, "02", "read-plan", null, "local"), Invocation("02r", "03", "read-plan", null, "local"), Invocation(Tick, null, "tick", null, "local")],
        Approvals = [Of(("id", "A1"), ("state", "done"), ("plan_hash", "approved-plan"), ("requester", "ana"))],
        Votes = [Of(("approval_id", "A1"), ("principal", "ben"), ("approves", "1"))],
        Grants = [],
        Ticks = [Of(("id", "run-1"), ("schedule", "s"), ("nominal", "1"), ("state", "done"), ("attempt", "1"))],
        Audit =
        [
            Settled("ben", 1), Record("intent", Change, 2, "change"), Record("outcome", Change, 3), Record("intent", Read, 4), Record("outcome", Read, 5), Record("intent", "02r", 6), Record("outcome", "02r", 7),
            Record("intent", Tick, 8), Record("outcome", Tick, 9),
        ],
        Broken = null,
        Effects = [("n1", "m1")],
        Executions = [("n1", Change), ("local", Read), ("local", Tick)],
        Posts = [("one", "Running m2 …"), ("one", "m2"), ("one", "local: m3")],
        Sinks = [("the log", "nothing to see")],
        Secrets = ["hunter22"],
    };

    private static IEnumerable<JsonNode> Renumbered(JsonNode first, JsonNode second, IEnumerable<JsonNode> rest) => new[] { first, second }.Concat(rest).Select((r, i) => Numbered(r, i + 1));

    private static IEnumerable<JsonNode> Swapped(IReadOnlyList<JsonNode> audit) => new[] { audit[5], audit[6], audit[3], audit[4], audit[7], audit[8] }.Select((r, i) => Numbered(r, i + 4));

    private static JsonNode Numbered(JsonNode record, long sequence)
    {
        var copy = record.DeepClone();
        (copy["sequence"], copy["hash"], copy["previous"]) = (sequence, $"h{sequence}", $"h{sequence - 1}");
        return copy;
    }

    private static JsonNode Settled(string by, long sequence) =>
        new JsonObject { ["kind"] = "approvalSettled", ["approval"] = "A1", ["invocation"] = Change, ["outcome"] = "approved", ["principal"] = by, ["sequence"] = sequence, ["hash"] = $"h{sequence}", ["previous"] = $"h{sequence - 1}" };

    private static JsonNode Record(string kind, string invocation, long sequence, string risk = "read") =>
        new JsonObject { ["kind"] = kind, ["invocation"] = invocation, ["risk"] = risk, ["sequence"] = sequence, ["hash"] = $"h{sequence}", ["previous"] = $"h{sequence - 1}" };

    private static Row Inbox(string id) => Of(("id", id), ("state", "done"), ("outcome", "answered"));

    private static Row Message(string id, string inbox) => Of(("id", id), ("inbox_id", inbox));

    private static Row Invocation(string id, string? inbox, string plan, string? approval, string node) => Of(
        ("id", id), ("inbox_id", inbox), ("plan_hash", plan), ("approval_id", approval), ("principal", "ana"), ("tool", "run"), ("status", "done"), ("arguments_json", "{}"), ("targets", $"[\"{node}\"]"),
        ("outcome_json", Outcome(node, ok: 1)));

    private static string Outcome(string node, int ok) =>
        new JsonObject { ["result"] = new JsonObject { ["dataJson"] = new JsonObject { ["total"] = 1, ["counts"] = new JsonObject { ["ok"] = ok, ["failed"] = 0 }, ["nodes"] = new JsonArray(new JsonObject { ["node"] = node, ["outcome"] = "ok" }) }.ToJsonString() } }.ToJsonString();

    private static Row Of(params (string Name, string? Value)[] values) => new(values.ToDictionary(v => v.Name, v => v.Value));
}
