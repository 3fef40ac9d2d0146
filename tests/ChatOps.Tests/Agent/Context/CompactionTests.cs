using ChatOps.Agent.Context;
using ChatOps.Agent.Memory;
using ChatOps.Agent.Models;
using ChatOps.Agent.Turns;
using ChatOps.Fleet;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tests.Agent.Fakes;
using ChatOps.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Agent.Context;

public sealed class CompactionTests
{
    private const string Hash = "9f86d081884c7d659a2feaa0c55ad015";
    private static readonly ConversationKey Ops = new("test", "ops");

    [Fact]
    public async Task Near_the_window_the_older_part_is_told_in_short_once_and_the_newest_whole()
    {
        await using var gateway = await Gateway.StartAsync(start: false);
        var models = new FakeModels(Window(gateway), _ => "They looked at the disk.");
        await FillAsync(gateway, 30);
        var turn = await TurnAsync(gateway, "and now?");

        var messages = await BuildAsync(gateway, models, turn);
        var again = await BuildAsync(gateway, models, turn);

        Assert.Single(models.Asked);
        Assert.Equal("ana", models.Asked[0].Payer.Principal);
        Assert.Equal(TurnContext.DigestSource, OutsideText.SourceIn(messages[2].Text));
        Assert.Contains("They looked at the disk.", messages[2].Text, StringComparison.Ordinal);
        Assert.Contains(Hash, messages[2].Text, StringComparison.Ordinal);
        Assert.Contains("/srv/data/file-1.log", messages[2].Text, StringComparison.Ordinal);
        Assert.Contains("web-2", messages[2].Text, StringComparison.Ordinal);
        Assert.Equal("and now?", messages[^1].Text);
        Assert.StartsWith("answer 30", messages[^2].Text, StringComparison.Ordinal);
        Assert.DoesNotContain(messages.Skip(3), m => m.Text.StartsWith("answer 1 ", StringComparison.Ordinal));
        Assert.Equal(messages.Skip(3).Select(m => m.Text), again.Skip(3).Select(m => m.Text));
        Assert.True(messages.Sum(TokenEstimate.Of) <= models.LimitsOf(null).ContextTokens);
    }

    [Fact]
    public async Task A_later_digest_takes_the_earlier_one_up()
    {
        await using var gateway = await Gateway.StartAsync(start: false);
        var models = new FakeModels(Window(gateway), r => r.Messages[^1].Text.Contains("notes-one", StringComparison.Ordinal) ? "notes-two" : "notes-one");
        await FillAsync(gateway, 30);
        await BuildAsync(gateway, models, await TurnAsync(gateway, "first"));
        await FillAsync(gateway, 30);

        var messages = await BuildAsync(gateway, models, await TurnAsync(gateway, "second"));

        Assert.Equal(2, models.Asked.Count);
        Assert.Contains("notes-two", messages[2].Text, StringComparison.Ordinal);
        Assert.Contains(Hash, messages[2].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Without_a_model_that_answers_the_beginnings_of_messages_are_kept(bool configured)
    {
        await using var gateway = await Gateway.StartAsync(start: false);
        var models = new FakeModels(Window(gateway), configured ? _ => throw new ModelException(ModelFailure.OverBudget, "the budget is used up") : null);
        await FillAsync(gateway, 30);

        var messages = await BuildAsync(gateway, models, await TurnAsync(gateway, "and now?"));

        Assert.Contains("said: question 1", messages[2].Text, StringComparison.Ordinal);
        Assert.Contains(Hash, messages[2].Text, StringComparison.Ordinal);
        Assert.Null((await gateway.ReadAsync(s => s.Conversations.Digest(Ops.Id)))!.Model);
    }

    [Fact]
    public async Task A_new_conversation_knows_nothing_of_the_digest()
    {
        await using var gateway = await Gateway.StartAsync(start: false);
        var models = new FakeModels(Window(gateway), _ => "notes");
        await FillAsync(gateway, 30);
        await BuildAsync(gateway, models, await TurnAsync(gateway, "first"));
        var afresh = await gateway.SayAsync("/new");
        await gateway.WriteAsync(s => s.Conversations.BeginMemory(Ops.Id, afresh));

        var messages = await BuildAsync(gateway, models, await TurnAsync(gateway, "hello"));

        Assert.Equal(["hello"], messages.Skip(2).Select(m => m.Text));
    }

    [Fact]
    public async Task Whoever_lost_the_lease_keeps_no_digest()
    {
        await using var gateway = await Gateway.StartAsync(start: false);
        var models = new FakeModels(Window(gateway), _ => "notes");
        await FillAsync(gateway, 30);
        var turn = await TurnAsync(gateway, "and now?");

        await BuildAsync(gateway, models, turn with { Token = turn.Token - 1 });

        Assert.Null(await gateway.ReadAsync(s => s.Conversations.Digest(Ops.Id)));
    }

    // Room for the rules, the tools and some of the conversation.
    private static int Window(Gateway gateway)
    {
        var room = new ContextRoom(new FakeModels(1_000_000, _ => ""), gateway.Services.GetRequiredService<IToolCatalogue>());
        return 1_000 + (int)((899_100 - room.Tokens + 12_000) / 0.9);
    }

    private static async Task FillAsync(Gateway gateway, int count)
    {
        for (var i = 1; i <= count; i++)
        {
            var id = await gateway.SayAsync($"question {i} about {Hash} on web-2");
            var text = $"answer {i} is in /srv/data/file-{i}.log " + string.Concat(Enumerable.Repeat("and so on ", 150));
            await gateway.WriteAsync(s =>
            {
                s.Inbox.SetState(id, InboxState.Done, null, "answered");
                gateway.Services.GetRequiredService<IReplies>().Post(s, Ops, RichMessage.Text(text), ReplyPriority.Result, id);
            });
        }
    }

    private static async Task<Turn> TurnAsync(Gateway gateway, string text)
    {
        var id = await gateway.SayAsync(text);
        var now = DateTimeOffset.UnixEpoch.AddYears(100);
        var token = await gateway.Store.WriteAsync(
            s =>
            {
                s.Conversations.ReleaseOthers("");
                return s.Conversations.TryLease(Ops.Id, "test", now, now.AddDays(1));
            },
            TestContext.Current.CancellationToken);
        return new Turn((await gateway.ReadAsync(s => s.Inbox.Find(id)))!, Ops, token!.Value);
    }

    private static Task<IReadOnlyList<ChatMessage>> BuildAsync(Gateway gateway, FakeModels models, Turn turn)
    {
        var services = gateway.Services;
        var context = new TurnContext(
            gateway.Store, services.GetRequiredService<SystemPrompt>(), services.GetRequiredService<WorkspaceTexts>(), services.GetRequiredService<RememberedText>(), new ContextRoom(new FakeModels(models.LimitsOf(null).ContextTokens, _ => ""), services.GetRequiredService<IToolCatalogue>()),
            new Digester(models, services.GetRequiredService<INodes>()), TimeProvider.System);
        return context.BuildAsync(turn, People.Ana, [], TestContext.Current.CancellationToken);
    }
}
