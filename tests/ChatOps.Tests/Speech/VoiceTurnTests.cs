using ChatOps.Agent.Speech;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Speech;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tools;

namespace ChatOps.Tests.Speech;

public sealed class VoiceTurnTests
{
    [Fact]
    public async Task A_spoken_read_runs_at_once_and_the_answer_begins_with_what_was_heard()
    {
        await using var voice = await VoiceGateway.StartAsync();
        var item = await voice.SpeakAsync("Run uptime on the web servers.");

        Assert.Equal(["I heard: “Run uptime on the web servers.”\nThat is: `/run uptime --on role=web`", "done"], await voice.RepliesAsync(item));
        var request = Assert.Single(voice.Gate.Ran);
        Assert.Equal(("run", "voice", "uptime", "role=web"), (request.Tool, request.Source, request.Arguments["command_line"], request.Arguments["on"]));
        Assert.True(request.IsSpoken);
        Assert.Equal("From a voice note: “Run uptime on the web servers.”", request.Why);
        Assert.Equal("Run uptime on the web servers.", item.Context.Heard!.Text);
        Assert.Equal("en", item.Context.Heard.Language);
    }

    [Fact]
    public async Task What_waits_for_an_approval_leaves_the_words_and_the_card()
    {
        await using var voice = await VoiceGateway.StartAsync();
        voice.Gate.Tools["run"] = (request, _, _) => Task.FromResult(ScriptedInvoker.Waiting(request));
        voice.Server.Then(ServerAnswer.Says("Restart nginx on web one."));
        var id = await voice.PostAsync(await SpokenSound.OggOpusAsync("restart nginx on web one"));
        await voice.Gateway.UntilAsync(id, i => i.State == InboxState.Suspended);
        Assert.Equal(["I heard: “Restart nginx on web one.”\nThat is: `/run systemctl restart nginx --on web-1`"], await voice.Gateway.RepliesAsync(id));

        voice.Gate.Settle(new(id + "-1", InvocationStatus.Refused, "Ben denied it.", Failure: FailureCode.ApprovalDenied));
        await voice.Gateway.WriteAsync(s => s.PublishAfterCommit(new InvocationFinished(id + "-1")));
        await voice.Gateway.EndAsync(id);
        var replies = await voice.Gateway.RepliesAsync(id);
        Assert.Equal(2, replies.Count);
        Assert.StartsWith("I heard", replies[0], StringComparison.Ordinal);
        Assert.Contains("denied", replies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_heard_goes_before_the_card_that_follows_from_it_whatever_else_waits()
    {
        await using var voice = await VoiceGateway.StartAsync();
        voice.Gate.Tools["run"] = (request, _, _) => Task.FromResult(ScriptedInvoker.Waiting(request));
        voice.Server.Then(ServerAnswer.Says("Restart nginx on web one."));
        var id = await voice.PostAsync(await SpokenSound.OggOpusAsync("restart nginx on web one"));
        var item = await voice.Gateway.UntilAsync(id, i => i.State == InboxState.Suspended);
        // The way out sends what is more urgent first, and of that the oldest: with a card's priority the words stay before the card.
        var all = await voice.Gateway.ReadAsync(s => Enum.GetValues<OutboxState>().SelectMany(state => s.Outbox.InState(state, 10)).ToList());
        var step = Assert.Single(all, s => s.MessageId == item.Context.Heard!.MessageId);
        Assert.Equal(ReplyPriority.Approval, step.Priority);
    }

    [Theory]
    [InlineData("Yes.")]
    [InlineData("Approve 7F3K2M.")]
    [InlineData("Go ahead, do it!")]
    [InlineData("Deny it.")]
    public async Task A_spoken_decision_decides_nothing_and_says_what_to_press(string words)
    {
        await using var voice = await VoiceGateway.StartAsync();
        var item = await voice.SpeakAsync(words);
        Assert.Empty(voice.Gate.Ran);
        Assert.Equal("voice decides nothing", item.Outcome);
        var replies = await voice.RepliesAsync(item);
        Assert.Contains("I heard", replies[0], StringComparison.Ordinal);
        Assert.Contains("decides nothing", replies[1], StringComparison.Ordinal);
        Assert.Contains("/approve ID", replies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spoken_stop_says_what_to_type()
    {
        await using var voice = await VoiceGateway.StartAsync();
        var item = await voice.SpeakAsync("Stop everything!");
        Assert.Contains("Type /stop", (await voice.RepliesAsync(item))[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Talk_goes_where_text_goes_and_nothing_runs()
    {
        await using var voice = await VoiceGateway.StartAsync();
        var item = await voice.SpeakAsync("Don't restart nginx on web one.");
        Assert.Empty(voice.Gate.Ran);
        var replies = await voice.RepliesAsync(item);
        Assert.Equal("I heard: “Don't restart nginx on web one.”", replies[0]);
        Assert.Contains("No language model", replies[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_heard_and_what_was_written_are_both_shown_and_are_only_text()
    {
        await using var voice = await VoiceGateway.StartAsync();
        var item = await voice.SpeakAsync("*Hi* <@here> `rm`", "see **this** @all");
        var blocks = (await voice.Gateway.ReadAsync(s => s.Outbox.RepliesTo(item.Id)))[0].Content.Blocks;
        Assert.Equal(
            [@"You wrote: “see \*\*this\*\* \@all”", @"I heard: “\*Hi\* \<\@here\> \`rm\`”"],
            blocks.OfType<TextBlock>().Select(b => b.Markdown));
    }

    [Fact]
    public async Task A_typed_command_stays_the_command_whatever_sound_comes_with_it()
    {
        await using var voice = await VoiceGateway.StartAsync();
        var item = await voice.SpeakAsync("restart nginx on web one", "/status");
        Assert.Equal(["done"], await voice.RepliesAsync(item));
        Assert.Equal(("status", "chat"), (Assert.Single(voice.Gate.Ran).Tool, voice.Gate.Ran.Single().Source));
        Assert.Equal(0, voice.Server.Calls);
    }

    [Fact]
    public async Task A_strangers_voice_note_is_not_even_fetched()
    {
        await using var voice = await VoiceGateway.StartAsync();
        await voice.SpeakAsync("status", user: Some.Unique("stranger"));
        Assert.Empty(voice.Gateway.Channel.Fetched);
        Assert.Equal(0, voice.Server.Calls);
        Assert.Empty(voice.Gate.Ran);
    }

    [Fact]
    public async Task Without_a_service_the_answer_says_what_to_configure()
    {
        await using var voice = await VoiceGateway.StartAsync(o => o.Provider = SpeechProvider.None);
        var item = await voice.SpeakAsync("status");
        Assert.Contains("Speech:Provider", Assert.Single(await voice.RepliesAsync(item)), StringComparison.Ordinal);
        Assert.Empty(voice.Gateway.Channel.Fetched);
    }

    [Fact]
    public async Task What_was_heard_is_not_transcribed_again_after_the_turn_broke_off()
    {
        await using var voice = await VoiceGateway.StartAsync();
        var broke = 0;
        voice.Gate.Tools["run"] = (request, _, _) => Interlocked.Increment(ref broke) == 1 ? throw new InvalidOperationException("the process dies here") : Task.FromResult(ScriptedInvoker.Done(request));
        var item = await voice.SpeakAsync("Run uptime on local.");
        Assert.Equal((2, InboxState.Done), (item.Attempts, item.State));
        Assert.Equal(1, voice.Server.Calls);
        Assert.Single(voice.Gateway.Channel.Fetched);
        Assert.Equal(["I heard: “Run uptime on local.”\nThat is: `/run uptime --on local`", "done"], await voice.RepliesAsync(item));
    }

    [Fact]
    public async Task A_process_that_comes_after_goes_on_with_what_was_heard()
    {
        using var directory = new TempDirectory();
        var gate = new ScriptedInvoker();
        var server = await TranscriptionServer.StartAsync();
        string id;
        await using (var first = await Gateway.StartAsync(gate, directory.Path, start: false))
        {
            id = await first.SayAsync("", context: new InboundContext { Files = [VoiceGateway.Note()] });
            await first.WriteAsync(s =>
            {
                s.Inbox.SetState(id, InboxState.Working, null, null);
                s.Inbox.SetContext(id, s.Inbox.Find(id)!.Context with { Heard = new Heard("Run uptime on local.", "en", "m-heard") });
            });
        }

        await using var second = await VoiceGateway.StartAsync(gate: gate, directory: directory.Path, server: server);
        await second.Gateway.EndAsync(id);
        Assert.Equal(0, server.Calls);
        Assert.Equal("voice", Assert.Single(gate.Ran).Source);
    }

    [Fact]
    public async Task A_stop_ends_the_listening()
    {
        await using var voice = await VoiceGateway.StartAsync();
        voice.Server.Then(new ServerAnswer { Hangs = true });
        var id = await voice.PostAsync(await SpokenSound.OggOpusAsync("status"));
        await Until.TrueAsync(() => voice.Server.Requests.Count == 1);
        await Until.TrueAsync(async () => (await voice.Gateway.RepliesAsync(id)).Any(r => r.Contains("Listening", StringComparison.Ordinal)));
        await voice.Gateway.AskAsync("/stop");
        var item = await voice.Gateway.EndAsync(id);
        Assert.Equal(InboxState.Cancelled, item.State);
        Assert.Contains("Stopped by", Assert.Single(await voice.RepliesAsync(item)), StringComparison.Ordinal);
    }
}
