using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Discord;
using static ChatOps.Testing.Discord.DiscordServer;

namespace ChatOps.Channels.Tests.Discord;

/// <summary>Sending when Discord limits, breaks, refuses or is away.</summary>
public sealed class DiscordSendingTests
{
    private const string Post = "POST channels/{}/messages";

    [Fact]
    public async Task A_cut_connection_after_the_message_arrived_makes_no_second_one()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        server.Fault(new DiscordFault(Post) { CutAfter = true }, times: 2);
        var result = await rig.SendAsync(Direct(server), RichMessage.Text("once"));
        Assert.Equal(SendStatus.Sent, result.Status);
        Assert.Equal(3, server.Count(Post));
        Assert.Equal(result.PlatformId, $"{Direct(server).Chat}/{Assert.Single(server.Seen(Direct(server).Chat)).Id}");
    }

    [Fact]
    public async Task An_end_that_stays_unknown_is_said_to_be_unknown()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        server.Fault(new DiscordFault(Post) { Status = 502, Body = "<html>Bad Gateway</html>" }, times: 3);
        Assert.Equal(SendStatus.Ambiguous, (await rig.SendAsync(Direct(server), RichMessage.Text("x"))).Status);
        Assert.False(rig.Channel.Capabilities.IdempotentSends);
    }

    [Fact]
    public async Task What_never_left_may_be_tried_again()
    {
        var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var conversation = Direct(server);
        await server.DisposeAsync();
        var result = await rig.SendAsync(conversation, RichMessage.Text("x"));
        Assert.Equal((SendStatus.Retry, (TimeSpan?)null), (result.Status, result.RetryAfter));
    }

    [Fact]
    public async Task Parts_that_arrived_are_named_and_the_next_try_adds_only_what_is_missing()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var text = string.Join("\n\n", Enumerable.Range(0, 60).Select(i => $"paragraph {i} {new string('x', 60)}"));
        var message = Some.Outbound(Direct(server), RichMessage.Text(text));
        server.Fault(new DiscordFault(Post) { Status = 200, Body = "{}" });
        var first = await rig.Channel.SendAsync(message, CancellationToken.None);
        Assert.Equal(SendStatus.Ambiguous, first.Status);

        var sent = await rig.Channel.SendAsync(message, CancellationToken.None);
        var parts = sent.PlatformId!.Split(',');
        Assert.Equal(3, parts.Length);
        server.Remove(parts[1].Split('/')[1]);
        var again = await rig.Channel.SendAsync(message with { PlatformId = string.Join(',', parts[0], parts[1]), OutboxId = Some.Unique() }, CancellationToken.None);
        Assert.Equal(SendStatus.Sent, again.Status);
        Assert.Equal(parts[0], again.PlatformId!.Split(',')[0]);

        var shorter = message with { PlatformId = again.PlatformId, Operation = OutboundOperation.Edit, OutboxId = Some.Unique(), Content = RichMessage.Text("short now") };
        var edited = await rig.Channel.SendAsync(shorter, CancellationToken.None);
        Assert.Equal(parts[0], edited.PlatformId);
        Assert.Contains(server.Seen(message.Conversation.Chat), m => m.Content == "short now");
    }

    [Fact]
    public async Task A_bucket_is_never_overrun()
    {
        await using var server = await StartAsync();
        server.RateLimit = 3;
        await using var rig = await DiscordRig.StartAsync(server);
        for (var i = 0; i < 8; i++) Assert.Equal(SendStatus.Sent, (await rig.SendAsync(Direct(server), RichMessage.Text($"{i}"))).Status);
        Assert.DoesNotContain(server.Calls, c => c.Status == 429);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"{i}"), server.Seen(Direct(server).Chat).Select(m => m.Content));
    }

    [Theory]
    [InlineData("""{"message":"slow down","retry_after":2.35,"global":false}""", "3", "user", 2.35)]
    [InlineData("""{"message":"slow down","retry_after":2.35,"global":false}""", null, "shared", 2.35)]
    [InlineData("not json", "7", "user", 7)]
    [InlineData("<html>rate limited</html>", null, null, 5)]
    [InlineData("""{"retry_after":1e400}""", "4", "user", 4)]
    public async Task A_pause_that_Discord_asks_for_is_kept_to_the_fraction(string body, string? header, string? scope, double seconds)
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        await Until.TrueAsync(() => !server.Commands.IsEmpty);
        var headers = new Dictionary<string, string>();
        if (header is not null) headers["Retry-After"] = header;
        if (scope is not null) headers["X-RateLimit-Scope"] = scope;
        server.Fault(new DiscordFault(Post) { Status = 429, Body = body, Headers = headers });
        var first = await rig.SendAsync(Direct(server), RichMessage.Text("x"));
        Assert.Equal(SendStatus.Retry, first.Status);
        Assert.Equal(seconds, first.RetryAfter!.Value.TotalSeconds, 2);

        // Before the deadline nothing is even tried; elsewhere all goes on, unless the wall before Discord spoke.
        Assert.Equal(SendStatus.Retry, (await rig.SendAsync(Direct(server), RichMessage.Text("y"))).Status);
        Assert.Equal(1, server.Count(Post));
        var elsewhere = await rig.SendAsync(new ConversationKey("discord", server.DirectOf(Eve)), RichMessage.Text("z"));
        Assert.Equal(scope is null ? SendStatus.Retry : SendStatus.Sent, elsewhere.Status);
    }

    [Fact]
    public async Task A_global_pause_holds_everything_but_the_answers_to_interactions()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        await Until.TrueAsync(() => !server.Commands.IsEmpty);
        server.Fault(new DiscordFault(Post) { Status = 429, Body = """{"message":"x","retry_after":30.5,"global":true}""", Headers = new Dictionary<string, string> { ["X-RateLimit-Global"] = "true", ["X-RateLimit-Scope"] = "global" } });
        await rig.SendAsync(Direct(server), RichMessage.Text("x"));
        var other = await rig.SendAsync(new ConversationKey("discord", server.DirectOf(Eve)), RichMessage.Text("y"));
        Assert.InRange(other.RetryAfter!.Value.TotalSeconds, 25, 30.5);
        var made = server.Use(Ops, Ada, ["nodes"]);
        await Until.TrueAsync(() => made.AnswerType == 5);
    }

    [Fact]
    public async Task A_refused_token_is_never_used_again()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        await Until.TrueAsync(() => !server.Commands.IsEmpty);
        server.Token = "another";
        var first = await rig.SendAsync(Direct(server), RichMessage.Text("x"));
        Assert.Equal(SendStatus.Retry, first.Status);
        var calls = server.Calls.Count;
        for (var i = 0; i < 5; i++) await rig.SendAsync(Direct(server), RichMessage.Text("x"));
        Assert.Equal(calls, server.Calls.Count);
        Assert.Contains("token", rig.Channel.Health!.Summary + first.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_Discord_forbids_is_not_tried_again()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        server.Place(Ops).Closed = true;
        var result = await rig.SendAsync(new ConversationKey("discord", Ops), RichMessage.Text("x"));
        Assert.Equal((SendStatus.Rejected, 1), (result.Status, server.Count(Post)));
    }

    [Fact]
    public async Task An_edit_that_is_too_late_becomes_a_new_message()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var sent = await rig.SendAsync(Direct(server), RichMessage.Text("old"));
        server.Fault(new DiscordFault("PATCH channels/{}/messages/{}") { Status = 400, Body = """{"code":30046,"message":"Maximum number of edits to messages older than 1 hour reached."}""" });
        var edited = await rig.SendAsync(Direct(server), RichMessage.Text("new"), m => m with { Operation = OutboundOperation.Edit, PlatformId = sent.PlatformId });
        Assert.Equal(SendStatus.Sent, edited.Status);
        Assert.NotEqual(sent.PlatformId, edited.PlatformId);
    }

    [Fact]
    public async Task What_is_deleted_is_gone_and_deleting_twice_is_no_failure()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var sent = await rig.SendAsync(Direct(server), RichMessage.Text("x"));
        for (var i = 0; i < 2; i++) Assert.Equal(SendStatus.Sent, (await rig.SendAsync(Direct(server), new RichMessage([]), m => m with { Operation = OutboundOperation.Delete, PlatformId = sent.PlatformId })).Status);
        Assert.Empty(server.Seen(Direct(server).Chat));
    }

    [Fact]
    public async Task The_state_being_away_is_a_reason_to_try_again()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        rig.World.StateIsAway = true;
        Assert.Equal(SendStatus.Retry, (await rig.SendAsync(new ConversationKey("discord", Ops, "123"), RichMessage.Text("x"))).Status);
    }

    [Fact]
    public async Task No_token_is_in_any_log_or_reason()
    {
        await using var server = await StartAsync();
        await using var rig = await DiscordRig.StartAsync(server);
        var reasons = new List<string?>();
        var made = server.Use(Ops, Ada, ["nodes"]);
        await Until.TrueAsync(() => made.Answer is not null);
        foreach (var fault in new[] { new DiscordFault(Post) { CutBefore = true }, new DiscordFault(Post) { Status = 500 }, new DiscordFault(Post) { Status = 400, Body = "{}" }, new DiscordFault(Post) { Status = 302 } })
        {
            server.Fault(fault, times: 3);
            reasons.Add((await rig.SendAsync(Direct(server), RichMessage.Text("x"))).Reason);
        }

        server.Fault(new DiscordFault("POST interactions/{}/{}/callback") { CutBefore = true });
        server.Use(Ops, Ada, ["nodes"]);
        server.CloseAll(4000);
        await Until.TrueAsync(() => server.Resumes == 1);
        server.Token = "changed";
        reasons.Add((await rig.SendAsync(Direct(server), RichMessage.Text("x"))).Reason);
        server.CloseAll(4004);
        var error = await Record.ExceptionAsync(() => rig.Running.WaitAsync(Until.Limit));
        var all = string.Join('\n', [.. rig.World.Log, .. reasons.OfType<string>(), error!.ToString(), string.Join('\n', rig.World.State.Select(s => s.ToString())), rig.Channel.Health!.Summary]);
        Assert.DoesNotContain("discord-secret-token", all, StringComparison.Ordinal);
        Assert.DoesNotContain("interaction-token", all, StringComparison.Ordinal);
    }

    private static ConversationKey Direct(DiscordServer server) => new("discord", server.DirectOf(Ada));
}
