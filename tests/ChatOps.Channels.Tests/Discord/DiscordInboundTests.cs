using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Channels.Discord;
using ChatOps.Messages;
using ChatOps.Testing;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>What is a message to us and what is none.</summary>
public sealed class DiscordInboundTests
{
    private const string Bot = "900000000000000001";
    private static readonly MessagePlace Direct = new("600000000000000001", "", null, IsOurs: true);
    private static readonly MessagePlace Channel = new("700000000000000001", "1", "#ops", IsOurs: false);

    private static readonly string[] Events =
    [
        """{"op":0,"s":5,"t":"MESSAGE_CREATE","d":{"id":"1300000000000000001","channel_id":"700000000000000001","guild_id":"1","type":19,"content":"<@900000000000000001> hello","author":{"id":"500000000000000001","username":"ada"},"attachments":[{"id":"1","filename":"a/b.ogg","size":5,"waveform":"AA"}],"referenced_message":{"id":"3","author":{"id":"500000000000000002"}}}}""",
        """{"op":0,"s":6,"t":"INTERACTION_CREATE","d":{"id":"5","application_id":"9","type":2,"token":"t","channel_id":"7","data":{"id":"1","name":"run","options":[{"name":"command","type":3,"value":"uptime"}]},"member":{"user":{"id":"500000000000000001","username":"ada"},"nick":"Ada"}}}""",
        """{"op":0,"s":7,"t":"THREAD_UPDATE","d":{"id":"8","type":11,"name":"ops","parent_id":"7"}}""",
    ];

    [Theory]
    [InlineData("""{"webhook_id":"5"}""", "Webhook")]
    [InlineData("""{"author":{"id":"5","bot":true}}""", "Bot")]
    [InlineData("""{"author":{"id":"5","system":true}}""", "Bot")]
    [InlineData("""{"author":null}""", "Malformed")]
    [InlineData("""{"author":{"id":"ada"}}""", "Malformed")]
    [InlineData("""{"id":"1/../2"}""", "Malformed")]
    [InlineData("""{"message_reference":{"type":1,"message_id":"4","channel_id":"5"}}""", "Forwarded")]
    [InlineData("""{"flags":16384}""", "Forwarded")]
    [InlineData("""{"edited_timestamp":"2026-01-01T00:00:00Z"}""", "Edited")]
    [InlineData("""{"type":7}""", "System")]
    [InlineData("""{"type":20}""", "System")]
    [InlineData("""{"content":"  "}""", "Empty")]
    [InlineData("""{"content":"<@900000000000000001>"}""", "Empty")]
    public void What_nobody_wrote_to_us_is_dropped_with_its_reason(string change, string reason)
    {
        var (message, why) = DiscordInbound.Convert(Message(change), Direct, Bot);
        Assert.Null(message);
        Assert.Equal(reason, why.ToString());
    }

    [Theory]
    [InlineData("""{"content":"hello"}""", false)]
    [InlineData("""{"content":"<@9000000000000000010> hello"}""", false)]
    [InlineData("""{"content":"<@900000000000000001> hello"}""", true)]
    [InlineData("""{"content":"<@!900000000000000001> hello"}""", true)]
    [InlineData("""{"content":"hello","type":19,"referenced_message":{"id":"3","author":{"id":"900000000000000001","bot":true}}}""", true)]
    [InlineData("""{"content":"hello","type":19,"referenced_message":{"id":"3","author":{"id":"500000000000000002"}}}""", false)]
    public void In_a_channel_the_bot_must_be_named_or_answered(string change, bool taken)
    {
        var (message, why) = DiscordInbound.Convert(Message(change), Channel, Bot);
        Assert.Equal((taken ? "hello" : null, taken ? DropReason.None : DropReason.NotAddressed), (message?.Text, why));
    }

    [Theory]
    [InlineData("<@900000000000000001>, /run x", "/run x")]
    [InlineData("/run x <@900000000000000001>", "/run x")]
    [InlineData("say <@900000000000000001> twice", "say <@900000000000000001> twice")]
    [InlineData("<@!900000000000000001> <@900000000000000001> hi <@5>", "hi <@5>")]
    public void The_address_is_not_part_of_what_was_said(string content, string text) =>
        Assert.Equal(text, DiscordInbound.Convert(Message(new JsonObject { ["content"] = content }.ToJsonString()), Direct, Bot).Message!.Text);

    [Theory]
    [InlineData("""{"id":"1","filename":"voice-message.ogg","content_type":"audio/ogg","duration_secs":2.5,"waveform":"AA"}""", 8192, InboundFileKind.Voice)]
    [InlineData("""{"id":"1","filename":"voice-message.ogg","content_type":"audio/ogg"}""", 8192, InboundFileKind.Voice)]
    [InlineData("""{"id":"1","filename":"a.ogg","duration_secs":2.5,"waveform":"AA"}""", 0, InboundFileKind.Voice)]
    [InlineData("""{"id":"1","filename":"song.mp3","content_type":"audio/mpeg"}""", 0, InboundFileKind.Audio)]
    [InlineData("""{"id":"1","filename":"a.png","content_type":"image/png"}""", 8192, InboundFileKind.Image)]
    [InlineData("""{"id":"1","filename":"run.sh","content_type":"text/x-sh"}""", 8192, InboundFileKind.Document)]
    public void A_voice_note_is_known_by_its_sound_and_the_flag_is_only_a_hint(string attachment, int flags, InboundFileKind kind)
    {
        var message = DiscordInbound.Convert(Message($$"""{"content":"","flags":{{flags}},"attachments":[{{attachment}}]}"""), Direct, Bot).Message!;
        Assert.Equal(kind, Assert.Single(message.Context.Files).Kind);
        Assert.Equal("600000000000000001/1300000000000000001/1", message.Context.Files[0].Reference);
    }

    [Fact]
    public void A_display_name_is_for_display_alone()
    {
        var actor = DiscordInbound.Convert(Message("""{"member":{"nick":"admin"}}"""), Direct, Bot).Message!.Actor;
        Assert.Equal(("discord:500000000000000001", "admin"), (actor.Key, actor.DisplayName));
    }

    [Fact]
    public void File_names_are_names_and_no_paths() =>
        Assert.Equal("passwd", DiscordInbound.Convert(Message("""{"attachments":[{"id":"1","filename":"../../etc/passwd"}]}"""), Direct, Bot).Message!.Context.Files[0].Name);

    [Fact]
    public void Names_in_one_event_do_not_change_how_later_events_are_read()
    {
        foreach (var text in Events) LongNames.DoNotHarm(Encoding.UTF8.GetBytes(text), Read);

        // Everything that was understood, as text.
        static string Read(byte[] json) => DiscordJson.TryRead<GatewayFrame>(json) is { D: { } data, T: var type } ? type + JsonSerializer.Serialize(type switch
        {
            "MESSAGE_CREATE" => (object?)DiscordJson.TryRead<DiscordMessage>(data),
            "INTERACTION_CREATE" => DiscordJson.TryRead<DiscordInteraction>(data),
            _ => DiscordJson.TryRead<DiscordChannelInfo>(data),
        }, DiscordJson.Options) : "";
    }

    [Fact]
    public void Long_events_are_dropped_or_taken_soon() => Fuzz.Run(
        Events,
        text =>
        {
            if (DiscordJson.TryRead<GatewayFrame>(Encoding.UTF8.GetBytes(text))?.D is not { } data) return;
            _ = DiscordJson.TryRead<DiscordInteraction>(data);
            _ = DiscordJson.TryRead<DiscordChannelInfo>(data);
            if (DiscordJson.TryRead<DiscordMessage>(data) is not { } message) return;
            var (taken, why) = DiscordInbound.Convert(message, Channel, Bot);
            Assert.True(taken is null ^ why == DropReason.None);
        });

    private static DiscordMessage Message(string change)
    {
        var json = JsonNode.Parse("""{"id":"1300000000000000001","channel_id":"600000000000000001","type":0,"content":"hello","author":{"id":"500000000000000001","username":"ada"}}""")!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) json[name] = value?.DeepClone();
        return DiscordJson.TryRead<DiscordMessage>(Encoding.UTF8.GetBytes(json.ToJsonString()))!;
    }
}
