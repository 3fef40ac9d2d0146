using ChatOps.Messages;
using ChatOps.Secrets;

namespace ChatOps.Tools.Gate;

/// <summary>Puts the redactor between a running tool and whoever watches it.</summary>
internal sealed class ProgressRedactor(IRedactor redactor, ResultRedactor results)
{
    public IToolProgress Wrap(IToolProgress inner) => inner is NoProgress ? inner : new Redacting(redactor, results, inner);

    private sealed class Redacting(IRedactor redactor, ResultRedactor results, IToolProgress inner) : IToolProgress
    {
        private readonly Lock gate = new();
        private readonly Dictionary<string, IStreamRedactor> streams = new(StringComparer.Ordinal);

        public void Output(string node, string text)
        {
            lock (gate)
            {
                if (!streams.TryGetValue(node, out var stream)) streams[node] = stream = redactor.OpenStream();
                var safe = stream.Push(text);
                if (safe.Length > 0) inner.Output(node, redactor.Neutralise(safe, keepColours: true));
            }
        }

        public bool FollowsNodes => inner.FollowsNodes;

        public void Show(RichMessage picture) => inner.Show(results.Redact(picture));

        public void Ended(NodeEnd end) => inner.Ended(end with
        {
            Output = redactor.Redact(redactor.Neutralise(end.Output, keepColours: true)),
            Message = end.Message is null ? null : redactor.Redact(redactor.Neutralise(end.Message)),
        });

        public void Report(string label, long done, long? total) => inner.Report(redactor.Redact(redactor.Neutralise(label)), done, total);
    }
}
