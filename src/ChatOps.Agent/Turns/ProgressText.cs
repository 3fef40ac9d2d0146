using System.Text;
using ChatOps.Messages;

namespace ChatOps.Agent.Turns;

/// <summary>The newest output of every node, bounded, as a message. Safe to call from any thread.</summary>
internal sealed class ProgressText(string headline)
{
    /// <summary>Output shown of each node, in characters: the newest.</summary>
    public const int MaxOutput = 8 * 1024;

    /// <summary>Nodes whose output is shown; the others are counted.</summary>
    public const int MaxNodes = 10;

    private readonly Lock gate = new();
    private readonly Dictionary<string, StringBuilder> outputs = new(StringComparer.Ordinal);
    private readonly HashSet<string> others = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProgressBlock> bars = new(StringComparer.Ordinal);

    /// <summary>Adds output.</summary>
    public void Add(string node, string text)
    {
        lock (gate)
        {
            if (!outputs.TryGetValue(node, out var output))
            {
                if (outputs.Count >= MaxNodes)
                {
                    if (others.Count < 10 * MaxNodes) others.Add(node);
                    return;
                }
                outputs[node] = output = new StringBuilder();
            }
            output.Append(text);
            // Cut rarely, so that a flood of small pieces costs little.
            if (output.Length > 2 * MaxOutput) output.Remove(0, output.Length - MaxOutput);
        }
    }

    /// <summary>Sets a bar.</summary>
    public void Set(string label, long done, long? total)
    {
        lock (gate)
        {
            if (bars.Count < MaxNodes || bars.ContainsKey(label)) bars[label] = new ProgressBlock(label, done, total);
        }
    }

    /// <summary>As a message, without output.</summary>
    public RichMessage Heading()
    {
        lock (gate) return new RichMessage(Head());
    }

    /// <summary>As a message.</summary>
    public RichMessage Render()
    {
        lock (gate)
        {
            var blocks = Head();
            foreach (var (node, output) in outputs) blocks.Add(new CodeBlock(Tail(output), node));
            if (others.Count > 0) blocks.Add(new TextBlock($"The output of {others.Count} more nodes is not shown while it runs."));
            return new RichMessage(blocks);
        }
    }

    private List<Block> Head() => [new TextBlock(headline, Tone.Waiting), .. bars.Values];

    // From the beginning of a line where there is one.
    private static string Tail(StringBuilder output)
    {
        if (output.Length <= MaxOutput) return output.ToString();
        var tail = output.ToString(output.Length - MaxOutput, MaxOutput);
        var line = tail.IndexOf('\n', StringComparison.Ordinal);
        return "…\n" + (line >= 0 && line < tail.Length - 1 ? tail[(line + 1)..] : tail);
    }
}
