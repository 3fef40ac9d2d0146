using System.Text;
using ChatOps.Approvals;
using ChatOps.Jobs;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>Shows on its cards how an approved run gets on, with the buttons of a job where it is one. Finds the same cards again after a restart.</summary>
internal sealed class CardProgress(IStore store, IReplies replies, IApprovals approvals, IToolCatalogue tools, IIdGenerator ids, TimeProvider time)
{
    private const int TailCharacters = 4000;

    /// <summary>The cards of an approval whose run begins or goes on.</summary>
    public async Task<IToolProgress> ForAsync(Approval approval, InvocationRow row, CancellationToken cancellationToken)
    {
        var cards = await store.ReadAsync(s => approvals.Cards(s, approval.Id), cancellationToken);
        if (cards.Count == 0) return NoProgress.Instance;
        var buttons = tools.Find(row.Tool) is not { IsJob: true } ? [] : await store.WriteAsync(
            session => cards.Select(c => c.ConversationId).Distinct().ToDictionary(c => c, c => JobButtons.Store(session, ids, row.Id, c, time.GetUtcNow())),
            cancellationToken);
        return new Live(replies, approvals, approval with { State = ApprovalState.Running }, cards, buttons);
    }

    private sealed class Live(IReplies replies, IApprovals approvals, Approval approval, IReadOnlyList<ApprovalCard> cards, Dictionary<string, ActionsBlock> buttons) : IToolProgress
    {
        private readonly Lock gate = new();
        private readonly StringBuilder tail = new();
        private IReadOnlyList<Block> picture = [];

        public void Output(string node, string text)
        {
            lock (gate)
            {
                tail.Append(text);
                if (tail.Length > TailCharacters) tail.Remove(0, tail.Length - TailCharacters);
                Show();
            }
        }

        public void Report(string label, long done, long? total)
        {
            // A job shows a whole picture instead.
            if (buttons.Count > 0) return;
            lock (gate)
            {
                picture = [new ProgressBlock(label, done, total)];
                Show();
            }
        }

        public void Show(RichMessage now)
        {
            lock (gate)
            {
                picture = now.Blocks;
                Show();
            }
        }

        public Task SettleAsync() => Task.WhenAll(cards.Select(copy => replies.EndProgressAsync(copy.MessageId, ConversationKey.Parse(copy.ConversationId))));

        private void Show()
        {
            var blocks = new List<Block>(picture);
            if (tail.Length > 0) blocks.Add(new CodeBlock(tail.ToString(), "output so far"));
            var card = approvals.Render(approval, new RichMessage(blocks));
            foreach (var copy in cards)
            {
                var shown = buttons.TryGetValue(copy.ConversationId, out var actions) ? new RichMessage([.. card.Blocks, actions]) : card;
                replies.ShowProgress(copy.MessageId, ConversationKey.Parse(copy.ConversationId), shown);
            }
        }
    }
}
