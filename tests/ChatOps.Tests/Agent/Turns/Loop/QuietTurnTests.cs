using ChatOps.Agent.Models;
using ChatOps.Messages;
using ChatOps.Schedules;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;

namespace ChatOps.Tests.Agent.Turns.Loop;

/// <summary>Turns that nobody sees: only what their answer asks to say is said.</summary>
public sealed class QuietTurnTests
{
    private static readonly InboundContext Quiet = new() { Schedule = "heartbeat", Quiet = true };

    [Fact]
    public async Task An_answer_with_nothing_to_say_posts_nothing_and_is_in_nobodys_conversation()
    {
        var models = new ScriptedModels(ScriptedModels.Calls("Let me look.", ("status", new { })), ScriptedModels.Says("""{"notify": false, "text": ""}"""));
        await using var gateway = await Gateway.StartAsync(models: models);

        var item = await gateway.EndAsync(await gateway.SayAsync("look after it", context: Quiet));

        Assert.Equal((InboxState.Done, QuietWords.Nothing), (item.State, item.Outcome));
        Assert.Empty(await gateway.ReadAsync(s => s.Conversations.Timeline(item.ConversationId, null, 10)));
        Assert.All(models.Asked, r => Assert.Equal("heartbeat", r.Payer.Schedule));
        Assert.Equal("schedule", Assert.Single(gateway.Gate.Ran) is { } ran && ran.InboxId == item.Id ? "schedule" : "");
    }

    [Fact]
    public async Task An_answer_with_something_to_say_is_its_text_alone_and_what_is_asked_next_knows_it()
    {
        var models = new ScriptedModels((request, say, _) => Task.FromResult(ScriptedModels.Says(
            request.Payer.Schedule is null ? "I saw: " + request.Messages.Count(m => m.Text.Contains("96 %", StringComparison.Ordinal)) : """{"notify": true, "text": "The disk of web-1 is 96 % full."}""")));
        await using var gateway = await Gateway.StartAsync(models: models);

        var item = await gateway.EndAsync(await gateway.SayAsync("look after it", context: Quiet));

        var entry = Assert.Single(await gateway.ReadAsync(s => s.Conversations.Timeline(item.ConversationId, null, 10)));
        var said = Gateway.Text(entry.Message!.Content);
        Assert.EndsWith("The disk of web-1 is 96 % full.", said, StringComparison.Ordinal);
        Assert.DoesNotContain("notify", said, StringComparison.OrdinalIgnoreCase);

        var next = await gateway.AskAsync("which disk?");
        Assert.Equal(["I saw: 1"], await gateway.RepliesAsync(next.Id));
    }

    [Theory]
    [InlineData("All is well.")]
    [InlineData("")]
    [InlineData("{\"notify\": true, \"text\": \"{\\\"notify\\\": false}\"}")]
    public async Task An_answer_out_of_form_is_a_failure_that_nobody_reads(string text)
    {
        await using var gateway = await Gateway.StartAsync(models: new ScriptedModels(ScriptedModels.Says(text)));

        var item = await gateway.EndAsync(await gateway.SayAsync("look after it", context: Quiet));

        Assert.Equal(InboxState.Failed, item.State);
        Assert.Contains("form", item.Outcome, StringComparison.Ordinal);
        Assert.Empty(await gateway.ReadAsync(s => s.Conversations.Timeline(item.ConversationId, null, 10)));
    }

    [Fact]
    public async Task A_model_that_is_away_is_a_failure_with_its_reason_that_nobody_reads()
    {
        await using var gateway = await Gateway.StartAsync(models: new ScriptedModels((_, _, _) => throw new ModelException(ModelFailure.Unreachable, "The model is away.")));

        var item = await gateway.EndAsync(await gateway.SayAsync("look after it", context: Quiet));

        Assert.Equal(InboxState.Failed, item.State);
        Assert.Contains("The model is away.", item.Outcome, StringComparison.Ordinal);
        Assert.Empty(await gateway.ReadAsync(s => s.Conversations.Timeline(item.ConversationId, null, 10)));
    }
}
