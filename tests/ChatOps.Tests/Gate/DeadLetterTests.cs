using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Tests.Gate;

public sealed class DeadLetterTests
{
    [Fact]
    public async Task What_was_given_up_is_listed_with_its_reason_and_shown_without_its_buttons()
    {
        await using var gate = await WithLettersAsync();

        var list = (await gate.CallAsync(gate.Request("ana", "dlq_list"))).Result!;
        Assert.Contains("chat not found", list.DataJson, StringComparison.Ordinal);
        Assert.Equal(2, list.Message.Blocks.OfType<TableBlock>().Single().Rows.Count);
        var shown = (await gate.CallAsync(gate.Request("ana", "dlq_show", ("id", "bb1")))).Result!;
        Assert.Contains(shown.Message.Blocks, b => b is TextBlock { Markdown: "may I?" });
        Assert.DoesNotContain(shown.Message.Blocks, b => b is ActionsBlock);
    }

    [Fact]
    public async Task A_letter_is_sent_again_and_its_conversation_woken()
    {
        await using var gate = await WithLettersAsync();

        Assert.Equal(InvocationStatus.Done, (await gate.CallAsync(gate.Request("ana", "dlq_retry", ("id", "aa1")))).Status);

        Assert.Equal(OutboxState.Pending, (await FindAsync(gate, "01aa1"))!.State);
        // Published after the commit, by another thread.
        await ChatOps.Testing.Until.TrueAsync(() => gate.Bus.Published.Any(m => m is Deliver { ConversationId: "telegram/7" }));
        Assert.Equal(FailureCode.NotFound, (await gate.CallAsync(gate.Request("ana", "dlq_retry", ("id", "aa1")))).Failure);
    }

    [Fact]
    public async Task A_letter_is_dropped_one_or_all()
    {
        await using var gate = await WithLettersAsync();

        await gate.CallAsync(gate.Request("ana", "dlq_drop", ("id", "aa1")));
        Assert.Null(await FindAsync(gate, "01aa1"));
        await gate.CallAsync(gate.Request("ana", "dlq_drop", ("id", "all")));
        Assert.Null(await FindAsync(gate, "01bb1"));
        Assert.NotNull(await FindAsync(gate, "01cc0"));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("zz")]
    [InlineData("01cc0")]
    public async Task An_id_that_names_none_or_several_or_one_that_waits_touches_nothing(string id)
    {
        await using var gate = await WithLettersAsync();

        Assert.Equal(FailureCode.NotFound, (await gate.CallAsync(gate.Request("ana", "dlq_drop", ("id", id)))).Failure);
        Assert.Equal(FailureCode.NotFound, (await gate.CallAsync(gate.Request("ana", "dlq_show", ("id", id)))).Failure);
    }

    [Fact]
    public async Task Without_the_right_nothing_is_seen()
    {
        await using var gate = await WithLettersAsync();

        foreach (var tool in (string[])["dlq_list", "dlq_show", "dlq_retry", "dlq_drop"])
            Assert.Equal(InvocationStatus.Refused, (await gate.CallAsync(gate.Request("guest", tool, tool == "dlq_list" ? [] : [("id", "all")]))).Status);
    }

    private static async Task<GateHarness> WithLettersAsync()
    {
        var gate = await GateHarness.StartAsync();
        var now = gate.Time.GetUtcNow();
        var card = new RichMessage([new TextBlock("may I?"), new ActionsBlock([new MessageAction("t", "Yes", ActionStyle.Primary)])]);
        await gate.Store.WriteAsync(
            s =>
            {
                s.Outbox.Add(new("01aa1", "telegram/7", "m1", OutboundOperation.Send, ReplyPriority.Result, RichMessage.Text("hello"), OutboxState.Failed, 3, now, "chat not found", now));
                s.Outbox.Add(new("01bb1", "telegram/7", "m2", OutboundOperation.Send, ReplyPriority.Approval, card, OutboxState.Unknown, 1, now, "The connection broke.", now));
                s.Outbox.Add(new("01cc0", "telegram/7", "m3", OutboundOperation.Send, ReplyPriority.Result, RichMessage.Text("waits"), OutboxState.Pending, 0, now, null, now));
                return true;
            },
            TestContext.Current.CancellationToken);
        return gate;
    }

    private static Task<OutboxItem?> FindAsync(GateHarness gate, string id) => gate.Store.ReadAsync(s => s.Outbox.Find(id), TestContext.Current.CancellationToken);
}
