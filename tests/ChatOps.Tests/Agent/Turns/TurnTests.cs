using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tools;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Agent.Turns;

public class TurnTests
{
    [Fact]
    public async Task A_quick_command_is_one_message_and_one_invocation()
    {
        await using var gateway = await Gateway.StartAsync();
        var item = await gateway.AskAsync("/run uptime --on local");

        Assert.Equal((InboxState.Done, "done", 1), (item.State, item.Outcome, item.Attempts));
        Assert.Equal(["done"], await gateway.RepliesAsync(item.Id));
        var request = Assert.Single(gateway.Gate.Ran);
        Assert.Equal(item.Id + "-1", request.Id);
        Assert.Equal(("run", "chat", "test/ops", item.Id), (request.Tool, request.Source, request.Conversation!.Id, request.InboxId));
        Assert.Equal("uptime", request.Arguments["command_line"]);
        await Gateway.UntilAsync(() => Task.FromResult(!gateway.Channel.Sent.IsEmpty && gateway.Channel.Changes.Count >= 2));
        Assert.Single(gateway.Channel.Sent);
        Assert.Equal([item.Id, item.Id], gateway.Channel.Changes);
    }

    [Fact]
    public async Task A_slow_command_shows_its_output_in_the_message_that_becomes_the_result()
    {
        var gate = new ScriptedInvoker();
        var shown = new TaskCompletionSource();
        gate.Tools["run"] = async (request, progress, _) =>
        {
            progress.Output("local", "line 1\n");
            progress.Report("copied", 1, 2);
            await shown.Task.WaitAsync(Gateway.Limit, CancellationToken.None);
            return ScriptedInvoker.Done(request, "all lines");
        };
        await using var gateway = await Gateway.StartAsync(gate);
        var id = await gateway.SayAsync("/run make --on local");
        await Gateway.UntilAsync(async () => (await gateway.RepliesAsync(id)).Count == 1);
        Assert.Contains("[Waiting] Running: /run make --on local", (await gateway.RepliesAsync(id))[0], StringComparison.Ordinal);
        await Gateway.UntilAsync(() => Task.FromResult(gateway.Channel.Progress.Any(p => Gateway.Text(p.Content).Contains("local: line 1", StringComparison.Ordinal))));
        shown.SetResult();

        await gateway.EndAsync(id);
        var reply = Assert.Single(await gateway.ReadAsync(s => s.Outbox.RepliesTo(id)));
        Assert.Equal("all lines", Gateway.Text(reply.Content));
        Assert.All(gateway.Channel.Progress, p => Assert.Equal(reply.Id, p.MessageId));
    }

    [Fact]
    public async Task A_result_is_not_written_before_the_last_passing_state_of_its_message_is_over()
    {
        var gate = new ScriptedInvoker();
        var shown = new TaskCompletionSource();
        gate.Tools["run"] = async (request, progress, _) =>
        {
            progress.Output("local", "line 1\n");
            await shown.Task.WaitAsync(Gateway.Limit, CancellationToken.None);
            return ScriptedInvoker.Done(request, "all lines");
        };
        await using var gateway = await Gateway.StartAsync(gate);
        var arrives = new TaskCompletionSource();
        gateway.Channel.OnItsWay = arrives.Task;
        var id = await gateway.SayAsync("/run make --on local");
        await Gateway.UntilAsync(() => Task.FromResult(!gateway.Channel.Progress.IsEmpty));
        shown.SetResult();

        // Another gateway may send the result: what this one shows must be over by then.
        await Gateway.UntilAsync(() => Task.FromResult(!gateway.Channel.ProgressEnds.IsEmpty));
        Assert.DoesNotContain("all lines", (await gateway.RepliesAsync(id))[0], StringComparison.Ordinal);
        arrives.SetResult();
        await gateway.EndAsync(id);
        var reply = Assert.Single(await gateway.ReadAsync(s => s.Outbox.RepliesTo(id)));
        Assert.Equal("all lines", Gateway.Text(reply.Content));
        Assert.Equal([reply.Id], gateway.Channel.ProgressEnds);
    }

    [Fact]
    public async Task Messages_of_a_conversation_are_answered_in_order_one_at_a_time_and_never_hold_up_another()
    {
        var gate = new ScriptedInvoker();
        var blocked = new TaskCompletionSource();
        var atOnce = 0;
        gate.Tools["files_read"] = async (request, _, _) =>
        {
            if (request.Conversation!.Chat == "blocked") await blocked.Task.WaitAsync(Gateway.Limit, CancellationToken.None);
            else if (request.Conversation.Chat == "busy" && Interlocked.Increment(ref atOnce) > 1) throw new InvalidOperationException("Two turns at once.");
            await Task.Delay(Random.Shared.Next(3), CancellationToken.None);
            Interlocked.Decrement(ref atOnce);
            return ScriptedInvoker.Done(request);
        };
        await using var gateway = await Gateway.StartAsync(gate);
        var stuck = await gateway.SayAsync("/files read x", "blocked");
        var ids = new List<string>();
        for (var i = 0; i < 40; i++) ids.Add(await gateway.SayAsync($"/files read f{i}", "busy"));
        var others = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => gateway.SayAsync("/status", $"other-{i}")));

        foreach (var id in ids.Concat(others)) Assert.Equal(InboxState.Done, (await gateway.EndAsync(id)).State);
        Assert.Equal(InboxState.Working, (await gateway.ReadAsync(s => s.Inbox.Find(stuck)))!.State);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"f{i}"), gate.Ran.Where(r => r.Conversation!.Chat == "busy").Select(r => r.Arguments["path"]));
        blocked.SetResult();
        await gateway.EndAsync(stuck);
    }

    [Fact]
    public async Task More_conversations_than_slots_are_all_answered()
    {
        await using var gateway = await Gateway.StartAsync(change: o => o.MaxConcurrentTurns = 3);
        var ids = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => gateway.SayAsync("/status", $"chat-{i}")));
        foreach (var id in ids) Assert.Equal(InboxState.Done, (await gateway.EndAsync(id)).State);
        Assert.Equal(100, gateway.Gate.Ran.Count);
    }

    [Fact]
    public async Task A_wake_up_that_comes_often_runs_nothing_twice()
    {
        await using var gateway = await Gateway.StartAsync();
        var id = await gateway.SayAsync("/status");
        var handler = gateway.Services.GetServices<IMessageHandler<MessageAccepted>>().Single();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => handler.HandleAsync(new MessageAccepted(id, "test/ops"), CancellationToken.None)));
        await gateway.EndAsync(id);
        await handler.HandleAsync(new MessageAccepted(id, "test/ops"), CancellationToken.None);
        await gateway.AskAsync("/nodes");

        Assert.Equal(["status", "nodes"], gateway.Gate.Ran.Select(r => r.Tool));
        Assert.Single(await gateway.RepliesAsync(id));
    }

    [Fact]
    public async Task A_message_that_always_breaks_the_turn_is_parked_and_the_others_go_on()
    {
        var gate = new ScriptedInvoker();
        gate.Tools["status"] = (_, _, _) => throw new InvalidOperationException("a bug");
        await using var gateway = await Gateway.StartAsync(gate);
        var poison = await gateway.SayAsync("/status");
        var next = await gateway.SayAsync("/nodes");
        var elsewhere = await gateway.SayAsync("/nodes", "elsewhere");

        Assert.Equal(InboxState.Done, (await gateway.EndAsync(elsewhere)).State);
        var parked = await gateway.EndAsync(poison);
        Assert.Equal((InboxState.Failed, "parked after 5 attempts"), (parked.State, parked.Outcome));
        Assert.Equal(5, gate.Ran.Count(r => r.Tool == "status"));
        Assert.StartsWith("[Failed] This could not be answered after 5 attempts, and is not tried again: /status.", (await gateway.RepliesAsync(poison))[0], StringComparison.Ordinal);
        Assert.Equal(InboxState.Done, (await gateway.EndAsync(next)).State);
    }

    [Fact]
    public async Task A_stranger_is_greeted_and_nothing_of_theirs_is_processed()
    {
        await using var gateway = await Gateway.StartAsync();
        var first = await gateway.AskAsync("/status", user: "stranger-7");
        var second = await gateway.AskAsync("/run uptime --on local", user: "stranger-7");
        var other = await gateway.AskAsync("hello", user: "stranger-8");

        Assert.Equal(["who are you?"], await gateway.RepliesAsync(first.Id));
        Assert.Empty(await gateway.RepliesAsync(second.Id));
        Assert.Single(await gateway.RepliesAsync(other.Id));
        Assert.Empty(gateway.Gate.Ran);
    }

    [Fact]
    public async Task In_a_group_that_is_not_admitted_nothing_is_processed_of_anybody_and_a_stranger_in_one_that_is_is_answered_privately()
    {
        await using var gateway = await Gateway.StartAsync();
        var known = await gateway.EndAsync(await gateway.SayAsync("/status", context: new InboundContext { Group = "closed" }));
        var stranger = await gateway.EndAsync(await gateway.SayAsync("/status", user: "stranger", context: new InboundContext { Group = "open" }));

        Assert.Equal(["not admitted"], await gateway.RepliesAsync(known.Id));
        Assert.Equal(["who are you?"], await gateway.RepliesAsync(stranger.Id));
        Assert.Empty(gateway.Gate.Ran);
        await Gateway.UntilAsync(() => Task.FromResult(gateway.Channel.Sent.Count == 2));
        Assert.Equal([null, "stranger"], gateway.Channel.Sent.Select(m => m.PrivateTo));
    }

    [Theory]
    [InlineData("/rnu uptime", "[Refused] There is no command 'rnu'. Did you mean '/run'?")]
    [InlineData("/run \"uptime", "[Refused] The double quote (\") at character 5 is not closed: \"uptime.")]
    [InlineData("run uptime --on local", "No language model is set up here, so I understand commands only. Commands start with a slash: `/run uptime --on local`. `/help` lists all commands.")]
    [InlineData("run uptime on local", "Commands start with a slash: `/run uptime --on local`.")]
    [InlineData("status of web-1?", "Did you mean `/status`?")]
    [InlineData("please verify the records", "The closest is `/audit verify`: Prove that no record was changed, removed or reordered.")]
    [InlineData("who approved this?", "No language model is set up here")]
    [InlineData("statsu", "The closest is `/status`")]
    [InlineData("qqqqqqqqqq", "No language model is set up here, so I understand commands only. `/help` lists them.")]
    [InlineData("/new", "A new conversation begins here.")]
    [InlineData("/stop", "Nothing runs or waits here.")]
    [InlineData("/help nodez", "There is no command 'nodez' that you could use. Did you mean `/help nodes`?")]
    [InlineData("/help audit verify", "/audit verify")]
    public async Task What_is_no_tool_is_answered_by_the_conversation_itself(string text, string reply)
    {
        await using var gateway = await Gateway.StartAsync();
        var item = await gateway.AskAsync(text);
        Assert.Contains(reply, Assert.Single(await gateway.RepliesAsync(item.Id)), StringComparison.Ordinal);
        Assert.Empty(gateway.Gate.Ran);
    }

    [Fact]
    public async Task New_resets_the_title()
    {
        await using var gateway = await Gateway.StartAsync();
        await gateway.AskAsync("/status");
        await gateway.AskAsync("/new");
        Assert.Equal("New conversation", (await gateway.ReadAsync(s => s.Conversations.Find("test/ops")))!.Title);
    }

    [Theory]
    [InlineData(InvocationStatus.Refused, "[Refused] You may not. Rule: role viewer denies run (access.yaml:3).")]
    [InlineData(InvocationStatus.Failed, "[Failed] You may not.\noutput")]
    [InlineData(InvocationStatus.Unknown, "[Unknown] You may not.\noutput")]
    public async Task Whatever_happened_is_said_in_its_tone(InvocationStatus status, string reply)
    {
        var gate = new ScriptedInvoker();
        gate.Tools["run"] = (request, _, _) => Task.FromResult(new InvocationOutcome(request.Id, status, "You may not.",
            new ToolResult(status, "You may not.", RichMessage.Text("output"), "{}"), Rule: "role viewer denies run (access.yaml:3)"));
        await using var gateway = await Gateway.StartAsync(gate);
        var item = await gateway.AskAsync("/run uptime --on local");
        Assert.Equal([reply], await gateway.RepliesAsync(item.Id));
        Assert.Equal((InboxState.Done, status.ToString().ToLowerInvariant()), (item.State, item.Outcome));
    }
}
