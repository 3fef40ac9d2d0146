using System.Text;
using ChatOps.Approvals;
using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Tools.Gate;

/// <summary>Shows the output of an approved run on its cards while it runs.</summary>
internal sealed class CardProgress(IReplies replies, IApprovals approvals)
{
    private const int TailCharacters = 4000;

    public IToolProgress For(Approval approval, IReadOnlyList<ApprovalCard> cards) =>
        cards.Count == 0 ? NoProgress.Instance : new Live(replies, approvals, approval with { State = ApprovalState.Running }, cards);

    private sealed class Live(IReplies replies, IApprovals approvals, Approval approval, IReadOnlyList<ApprovalCard> cards) : IToolProgress
    {
        private readonly Lock gate = new();
        private readonly StringBuilder tail = new();
        private ProgressBlock? bar;

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
            lock (gate)
            {
                bar = new ProgressBlock(label, done, total);
                Show();
            }
        }

        private void Show()
        {
            var blocks = new List<Block>();
            if (bar is not null) blocks.Add(bar);
            if (tail.Length > 0) blocks.Add(new CodeBlock(tail.ToString(), "output so far"));
            var card = approvals.Render(approval, new RichMessage(blocks));
            foreach (var copy in cards) replies.ShowProgress(copy.MessageId, ConversationKey.Parse(copy.ConversationId), card);
        }
    }
}
