using System.Text;
using System.Text.Json.Nodes;
using ChatOps.Testing;
using ChatOps.Testing.Discord;
using static ChatOps.Testing.Discord.DiscordServer;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>Malformed events on the gateway.</summary>
public sealed class DiscordFuzzTests
{
    private const int Events = 5000;

    [Fact]
    public async Task Malformed_events_neither_stop_the_connection_nor_become_messages_of_nobody()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var random = new Random(4242);
        var direct = server.DirectOf(Ada);
        JsonObject? message = null;
        server.Say(direct, Ada, "/one", change: json => message = json.DeepClone().AsObject());
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 1);
        var interaction = server.Payload(server.Use(Ops, Ada, ["nodes"], dispatch: false));
        for (var i = 0; i < Events; i++)
        {
            var name = i % 3 == 0 ? "INTERACTION_CREATE" : i % 3 == 1 ? "MESSAGE_CREATE" : "THREAD_UPDATE";
            var original = Encoding.UTF8.GetBytes((name == "INTERACTION_CREATE" ? interaction : message!).ToJsonString());
            var changed = Mutation.Of(original, random);
            // Half a character cannot be put into a frame here; signed calls try it.
            if (!Encoding.UTF8.GetString(changed).Contains("ud800", StringComparison.Ordinal) && Parse(changed) is { } data) server.Dispatch(name, data);
        }

        server.Say(direct, Ada, "/last", id: null);
        await Until.TrueAsync(() => rig.Inbox.Accepted.Any(m => m.Text == "/last"), TimeSpan.FromSeconds(60));
        Assert.All(rig.Inbox.Accepted, m => Assert.True(m.Actor.UserId.Length > 0 && m.Actor.UserId.All(char.IsAsciiDigit) && m.Conversation.Chat.All(char.IsAsciiDigit)));
        Assert.Equal((1, 1), (server.Identifies, server.Connections));
        Assert.DoesNotContain(rig.World.Log, l => l.StartsWith("Error", StringComparison.Ordinal) || l.StartsWith("Critical", StringComparison.Ordinal));
    }

    private static JsonObject? Parse(byte[] json)
    {
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetString(json)) as JsonObject;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
