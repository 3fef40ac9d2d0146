using System.Text;
using ChatOps.Messages;
using ChatOps.Secrets;

namespace ChatOps.Agent.Turns;

/// <summary>The newest output of every node, bounded, as a message. Safe to call from any thread.</summary>
internal sealed class ProgressText(string headline, IRedactor redactor)
{
    /// <summary>Output shown of each node, in characters: the newest.</summary>
    public const int MaxOutput = 8 * 1024;

    /// <summary>Nodes whose output is shown; the others are counted.</summary>
    public const int MaxNodes = 10;

    private readonly Lock gate = new();
    private readonly Dictionary<string, StringBuilder> outputs = new(StringComparer.Ordinal);
    private readonly HashSet<string> others = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProgressBlock> bars = new(StringComparer.Ordinal);
    private readonly StringBuilder speech = new();
    private RichMessage? picture;

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

    /// <summary>A model begins a message.</summary>
    public void BeginText()
    {
        lock (gate)
        {
            outputs.Clear();
            others.Clear();
            bars.Clear();
            picture = null;
            if (speech.Length > 0) speech.Append("\n\n");
        }
    }

    /// <summary>Adds to what a model says.</summary>
    public void Say(string piece)
    {
        lock (gate)
        {
            speech.Append(piece);
            if (speech.Length > 2 * MaxOutput) speech.Remove(0, speech.Length - MaxOutput);
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

    /// <summary>Sets the whole picture, which stands in place of bars from now on.</summary>
    public void Show(RichMessage now)
    {
        lock (gate) picture = now;
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
            if (Spoken() is { Length: > 0 } said) blocks.Add(new TextBlock(said));
            foreach (var (node, output) in outputs) blocks.Add(new CodeBlock(Tail(output), node));
            if (others.Count > 0) blocks.Add(new TextBlock($"The output of {others.Count} more nodes is not shown while it runs."));
            return new RichMessage(blocks);
        }
    }

    /// <summary>No secret is shorter, so a word that is not finished may be shown up to here.</summary>
    private const int SafePiece = 5;

    // A secret is looked for in whole words; one that is still being written waits.
    private string Spoken()
    {
        var said = Tail(speech);
        var end = said.Length;
        while (end > 0 && !char.IsWhiteSpace(said[end - 1])) end--;
        return redactor.Redact(redactor.Neutralise(said.Length - end <= SafePiece ? said : said[..end])).Trim();
    }

    private List<Block> Head() => [new TextBlock(headline, Tone.Waiting), .. (picture is null ? (IEnumerable<Block>)bars.Values : picture.Blocks)];

    // From the beginning of a line where there is one.
    private static string Tail(StringBuilder output)
    {
        if (output.Length <= MaxOutput) return output.ToString();
        var tail = output.ToString(output.Length - MaxOutput, MaxOutput);
        var line = tail.IndexOf('\n', StringComparison.Ordinal);
        return "…\n" + (line >= 0 && line < tail.Length - 1 ? tail[(line + 1)..] : tail);
    }
}
