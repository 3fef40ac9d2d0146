using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Channels.Slack;
using ChatOps.Channels.Slack.Client;
using ChatOps.Testing;
using ChatOps.Testing.Slack;

namespace ChatOps.Channels.Tests.Slack;

/// <summary>Payloads that Slack never made: thousands of them, each dropped or taken, none a crash.</summary>
public sealed class SlackFuzzTests
{
    private static readonly SlackAccount Me = new("T0TEAM", "Loopback", "U0BOT", "B0BOT");

    private static readonly string[] Values =
    [
        "null", "true", "1e308", "-0.0", "123456789012345678901234567890", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"<@U0BOT\"", "\"<!|>\"", "\"<>\"", "[]", "{}", "[[[[]]]]", "{\"type\":{}}",
        "\"../../etc\"", "\"1700000001.000100\"", "\"" + new string('9', 5000) + "\"", "[{\"id\":5}]", "\"&amp\"", "\"T0TEAM\"",
    ];

    [Fact]
    public void Ten_thousand_mangled_payloads_are_dropped_or_taken_and_none_is_a_crash()
    {
        var random = Fuzz.Chance(20261121);
        var rounds = Fuzz.Rounds(10_000);
        var taken = 0;
        for (var i = 0; i < rounds; i++)
        {
            taken += Hear(Mangle(Seeds(random), random), direct: random.Next(2) == 0);
        }

        Assert.True(taken > 100, $"Only {taken} were taken: the mangling is too rough to show anything.");
    }

    [Fact]
    public void Long_payloads_are_dropped_or_taken_soon()
    {
        var random = new Random(7);
        Fuzz.Run([.. Enumerable.Range(0, 8).Select(_ => Seeds(random).ToJsonString())], text => Hear(text, direct: text.Length % 2 == 0));
    }

    [Fact]
    public async Task Frames_of_all_kinds_leave_the_socket_working()
    {
        await using var slack = await SlackHarness.StartAsync();
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var frame = new JsonObject { ["type"] = "events_api", ["envelope_id"] = "x", ["payload"] = JsonNode.Parse(Seeds(random).ToJsonString()) };
            var text = Mangle(frame, random);
            // An envelope that stays whole is acknowledged, which the server did not ask for; those are sent without an id.
            if (SlackFrame.Parse(Encoding.UTF8.GetBytes(text)) is { EnvelopeId.Length: > 0 }) text = text.Replace("\"envelope_id\":", "\"other_id\":", StringComparison.Ordinal);
            await slack.Server.Sockets.SendRawAsync(text);
        }

        Assert.True((await slack.HearAsync(SlackSaid.Direct("/status", "1700009999.000100"))).Acknowledged);
        Assert.Equal(1, slack.Server.Sockets.Opened);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(10_000)]
    public void Deep_nesting_ends_in_nothing(int depth)
    {
        var text = string.Concat(Enumerable.Repeat("{\"event\":", depth)) + "1" + new string('}', depth);
        Assert.NotNull(SlackInbound.Event(SlackPayload.Parse(Encoding.UTF8.GetBytes(text)), Me, false).Dropped);
    }

    [Theory]
    [InlineData("1700000001.000100", true)]
    [InlineData("1700000001", false)]
    [InlineData("1700000001.", false)]
    [InlineData(".000100", false)]
    [InlineData("1.7e9", false)]
    [InlineData("1700000001.000100.1", false)]
    [InlineData("-1.0", false)]
    [InlineData("", false)]
    public void A_time_stamp_is_digits_a_point_and_digits(string text, bool expected) => Assert.Equal(expected, SlackIds.IsTs(text));

    private static int Hear(string text, bool direct)
    {
        var taken = 0;
        var payload = SlackPayload.Parse(Encoding.UTF8.GetBytes(text));
        foreach (var heard in new[] { SlackInbound.Event(payload, Me, direct), SlackInbound.Command(payload, Me, _ => false), SlackInbound.Interaction(payload, Me) })
        {
            Assert.True(heard.Dropped is null ^ heard.Message is null);
            if (heard.Message is not { } message) continue;
            taken++;
            Assert.Equal("T0TEAM", message.Actor.Tenant);
            Assert.True(SlackIds.IsId(message.Actor.UserId) && SlackIds.IsId(message.Conversation.Chat) && message.PlatformKey.Length <= 512);
        }

        _ = SlackInbound.ThreadOf(payload);
        return taken;
    }

    private static JsonObject Seeds(Random random)
    {
        var ts = string.Create(CultureInfo.InvariantCulture, $"17000{random.Next(10000, 99999)}.000100");
        var button = new JsonObject { ["action_id"] = "chatops_press.0", ["value"] = "tok", ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = "Go" } };
        return random.Next(4) switch
        {
            0 => SlackSaid.Direct("/status <@U2> &amp; <http://a.example|a>", ts),
            1 => SlackSaid.Mention("<@U0BOT> /status", ts),
            2 => SlackSaid.Command("status", "13.1.abc"),
            _ => SlackSaid.Press(button, new SlackPost { Ts = ts, Channel = "C1" }, "U1", "1.2.3"),
        };
    }

    private static string Mangle(JsonObject seed, Random random)
    {
        for (var i = random.Next(4); i > 0; i--) Replace(seed, random);
        var text = seed.ToJsonString();
        return random.Next(10) == 0 ? text[..random.Next(text.Length)] : text;
    }

    private static void Replace(JsonObject at, Random random)
    {
        while (true)
        {
            var name = at.Select(p => p.Key).ElementAt(random.Next(at.Count));
            if (at[name] is JsonObject { Count: > 0 } inner && random.Next(3) > 0)
            {
                at = inner;
                continue;
            }

            var value = Values[random.Next(Values.Length)];
            at[name] = value.Contains("ud800", StringComparison.Ordinal) ? JsonNode.Parse("\"\\\\ud800\"") : JsonNode.Parse(value);
            return;
        }
    }
}
