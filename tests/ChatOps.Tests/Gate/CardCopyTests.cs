using ChatOps.Approvals;
using ChatOps.Approvals.Cards;
using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

public sealed class CardCopyTests
{
    private static readonly ConversationKey Elsewhere = new("telegram", "42");

    [Fact]
    public async Task A_copy_in_another_conversation_has_buttons_of_its_own_and_both_show_the_decision()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");
        await ShowAsync(gate, waiting.ApprovalId!, Elsewhere);
        var actions = await gate.Store.ReadAsync(s => gate.Replies.Buttons.Select(b => s.Approvals.FindAction(b.Token)!).ToList(), TestContext.Current.CancellationToken);

        Assert.Equal(2, gate.Replies.Messages.Count);
        Assert.Equal(["telegram/42", "web/ana"], actions.Select(a => a.ConversationId!).Distinct().Order());

        await gate.ApproveAsync("li", waiting.ApprovalId!);
        await gate.WaitAsync(waiting.InvocationId);
        Assert.All(gate.Replies.Messages.Values, m => Assert.Equal("succeeded", m.Blocks.OfType<CardBlock>().Single().State));
        Assert.Empty(gate.Replies.Buttons);
    }

    [Fact]
    public async Task Showing_an_approval_that_waits_names_its_card_and_one_that_is_over_does_not()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");

        Assert.Equal(waiting.ApprovalId, (await gate.CallAsync(gate.Request("li", "approvals_show", ("id", waiting.ApprovalId!)))).Result!.Card);
        await gate.DenyAsync("li", waiting.ApprovalId!, "no");
        Assert.Null((await gate.CallAsync(gate.Request("li", "approvals_show", ("id", waiting.ApprovalId!)))).Result!.Card);
    }

    [Fact]
    public async Task Copies_are_bounded()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");
        for (var i = 0; i < 2 * CardWriter.MaxCopies; i++) await ShowAsync(gate, waiting.ApprovalId!, new ConversationKey("telegram", $"{i}"));

        var copies = await gate.Store.ReadAsync(s => s.Approvals.Cards(waiting.ApprovalId!), TestContext.Current.CancellationToken);
        Assert.Equal(CardWriter.MaxCopies, copies.Count);
        Assert.Contains(copies, c => c.ConversationId == $"telegram/{2 * CardWriter.MaxCopies - 1}");
    }

    [Fact]
    public async Task A_card_that_may_have_arrived_is_superseded_and_its_buttons_are_void()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");
        var (lost, card) = gate.Replies.Messages.Single();
        var approve = card.Blocks.OfType<ActionsBlock>().Single().Actions[0].Token;
        var command = (await gate.Store.ReadAsync(s => s.Approvals.FindAction(approve), TestContext.Current.CancellationToken))!.Command.Split(' ');
        await LoseAsync(gate, "o1", lost, card);

        await gate.SweepAsync();
        await gate.SweepAsync();

        Assert.Equal(2, gate.Replies.Messages.Count);
        var copies = await gate.Store.ReadAsync(s => s.Approvals.Cards(waiting.ApprovalId!), TestContext.Current.CancellationToken);
        Assert.NotEqual(lost, Assert.Single(copies).MessageId);
        Assert.Equal("web/ana", copies[0].ConversationId);
        var late = await gate.CallAsync(gate.Request("li", "approvals_approve", ("id", waiting.ApprovalId!), ("revision", command[4]), ("hash", command[6])));
        Assert.Equal(InvocationStatus.Refused, late.Status);
        Assert.Equal(ApprovalState.Pending, (await gate.FindApprovalAsync(waiting.ApprovalId!)).State);
        Assert.Equal(InvocationStatus.Done, (await gate.ApproveAsync("li", waiting.ApprovalId!)).Status);
    }

    [Fact]
    public async Task A_platform_that_swallows_every_card_does_not_get_one_after_the_other_for_ever()
    {
        await using var gate = await GateHarness.StartAsync();
        var waiting = await gate.RunAsync("ana", "change something");
        for (var i = 0; i < 10; i++)
        {
            var copy = (await gate.Store.ReadAsync(s => s.Approvals.Cards(waiting.ApprovalId!), TestContext.Current.CancellationToken)).Single();
            await LoseAsync(gate, $"o{i}", copy.MessageId, gate.Replies.Messages[copy.MessageId]);
            await gate.SweepAsync();
        }

        Assert.Equal(1 + DoubtfulCards.MaxReissues, gate.Replies.Messages.Count);
    }

    private static Task<bool> ShowAsync(GateHarness gate, string id, ConversationKey conversation) =>
        gate.Store.WriteAsync(s => gate.Cards.ShowIn(s, id, conversation, null, null), TestContext.Current.CancellationToken);

    private static Task<bool> LoseAsync(GateHarness gate, string step, string messageId, RichMessage card) => gate.Store.WriteAsync(
        s =>
        {
            var now = gate.Time.GetUtcNow();
            s.Outbox.Add(new OutboxItem(step, "web/ana", messageId, OutboundOperation.Send, ReplyPriority.Approval, card, OutboxState.Unknown, 1, now, "The connection broke.", now));
            return true;
        },
        TestContext.Current.CancellationToken);
}
