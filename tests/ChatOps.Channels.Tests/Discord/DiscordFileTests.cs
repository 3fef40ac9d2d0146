using System.Security.Cryptography;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Discord;
using static ChatOps.Testing.Discord.DiscordServer;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>Files in and out.</summary>
public sealed class DiscordFileTests
{
    private static readonly byte[] Sound = RandomNumberGenerator.GetBytes(200_000);

    [Fact]
    public async Task A_voice_note_is_fetched_through_a_fresh_address_and_without_the_bots_token()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var (file, _) = await VoiceAsync(server, rig);
        Assert.Equal((InboundFileKind.Voice, 200_000, TimeSpan.FromSeconds(3)), (file.Kind, (int)file.Bytes!, file.Duration));
        for (var i = 0; i < 2; i++)
        {
            using var into = new MemoryStream();
            Assert.Equal(FileFetch.Done, await rig.Channel.FetchFileAsync(file, into, 20_000_000, CancellationToken.None));
            Assert.Equal(Sound, into.ToArray());
        }

        Assert.Equal(0, server.ExpiredDownloads);
        Assert.DoesNotContain("http", file.Reference, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_or_gone_is_said_so()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var (file, message) = await VoiceAsync(server, rig);
        Assert.Equal(FileFetchStatus.TooLarge, (await rig.Channel.FetchFileAsync(file, Stream.Null, 199_999, CancellationToken.None)).Status);
        Assert.Equal(FileFetchStatus.TooLarge, (await rig.Channel.FetchFileAsync(file with { Bytes = null }, Stream.Null, 1000, CancellationToken.None)).Status);
        server.LoseFile(message, file.Reference.Split('/')[2]);
        Assert.Equal(FileFetchStatus.Gone, (await rig.Channel.FetchFileAsync(file, Stream.Null, 20_000_000, CancellationToken.None)).Status);
        server.Remove(message);
        Assert.Equal(FileFetchStatus.Gone, (await rig.Channel.FetchFileAsync(file, Stream.Null, 20_000_000, CancellationToken.None)).Status);
        Assert.Equal(FileFetchStatus.Gone, (await rig.Channel.FetchFileAsync(file with { Reference = "x" }, Stream.Null, 20_000_000, CancellationToken.None)).Status);
        Assert.Equal(FileFetchStatus.Gone, (await rig.Channel.FetchFileAsync(file with { Reference = "../1/2/3" }, Stream.Null, 20_000_000, CancellationToken.None)).Status);
    }

    [Fact]
    public async Task Kept_files_and_long_outputs_are_attached()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        rig.World.Outputs.Files["inv1"] = Sound;
        var conversation = new ConversationKey("discord", server.DirectOf(Ada));
        var lines = string.Join('\n', Enumerable.Range(0, 500));
        var content = new RichMessage([new CodeBlock(lines, "web-1"), new FileBlock("dump @everyone.tar", "inv1", Sound.Length)]);
        var sent = await rig.SendAsync(conversation, content);
        Assert.Equal(SendStatus.Sent, sent.Status);
        var seen = Assert.Single(server.Seen(conversation.Chat));
        Assert.Equal(["web-1.txt", "dump_everyone.tar"], seen.Files.Select(f => f.Name));
        Assert.Equal(lines, System.Text.Encoding.UTF8.GetString(seen.Files[0].Content));
        Assert.Equal(Sound, seen.Files[1].Content);

        var card = await rig.SendAsync(conversation, new RichMessage([new CardBlock("A", "x", "succeeded", ChatOps.Policy.Risk.Read), .. content.Blocks]));
        Assert.Equal(SendStatus.Sent, card.Status);
        Assert.Equal(2, server.Seen(conversation.Chat)[1].Files.Count);

        // An edit puts new files in the place of the old.
        await rig.SendAsync(conversation, RichMessage.Text("no files"), m => m with { Operation = OutboundOperation.Edit, PlatformId = sent.PlatformId });
        Assert.Empty(server.Seen(conversation.Chat)[0].Files);
    }

    // Discord shows what has a picture's name and content as a picture.
    [Fact]
    public async Task A_picture_keeps_its_name_and_its_bytes()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        byte[] picture = [0x89, .. "PNG"u8, 13, 10, 26, 10];
        rig.World.Outputs.Files["inv1"] = picture;
        var conversation = new ConversationKey("discord", server.DirectOf(Ada));
        Assert.Equal(SendStatus.Sent, (await rig.SendAsync(conversation, new RichMessage([new TextBlock("See"), new FileBlock("load web-1.png", "inv1", picture.Length)]))).Status);
        var file = Assert.Single(Assert.Single(server.Seen(conversation.Chat)).Files);
        Assert.EndsWith(".png", file.Name, StringComparison.Ordinal);
        Assert.Equal(picture, file.Content);

        var card = new RichMessage([new CardBlock("A", "x", "succeeded", ChatOps.Policy.Risk.Read), new TextBlock("See"), new FileBlock("load.png", "inv1", picture.Length)]);
        Assert.Equal(SendStatus.Sent, (await rig.SendAsync(conversation, card)).Status);
        Assert.Equal(picture, Assert.Single(server.Seen(conversation.Chat)[1].Files).Content);
    }

    [Fact]
    public async Task A_file_that_is_no_longer_kept_does_not_hold_up_the_message()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var conversation = new ConversationKey("discord", server.DirectOf(Ada));
        Assert.Equal(SendStatus.Sent, (await rig.SendAsync(conversation, new RichMessage([new FileBlock("a.txt", "pruned", 10)]))).Status);
        Assert.Contains("no longer kept", System.Text.Encoding.UTF8.GetString(server.Seen(conversation.Chat)[0].Files[0].Content), StringComparison.Ordinal);
    }

    private static async Task<(InboundFile File, string Message)> VoiceAsync(DiscordServer server, DiscordRig rig)
    {
        var message = server.Say(server.DirectOf(Ada), Ada, "", files: [new DiscordStoredFile("", "voice-message.ogg", Sound, "audio/ogg") { DurationSecs = 3 }], flags: 8192);
        await Until.TrueAsync(() => rig.Inbox.Accepted.Count == 1);
        return (Assert.Single(rig.Inbox.Accepted[0].Context.Files), message);
    }
}
