using System.Text;

namespace ChatOps.Rendering;

/// <summary>Reads the inside of one line in bounded steps: marks pair through a short stack of those that are open, and what is too deep is text.</summary>
internal sealed class MarkdownInline
{
    private const int MaxAddress = 2048;
    private const int MaxRun = 3;
    private const int MaxOpen = 64;

    private readonly string line;
    private readonly List<Token> tokens = [];
    private readonly StringBuilder text = new();
    private readonly Stack<int> open = new();
    private readonly HashSet<int> unclosedTicks = [];

    private MarkdownInline(string line) => this.line = line;

    public static IReadOnlyList<MarkdownSpan> Parse(string line, MarkdownStyle style = MarkdownStyle.Plain)
    {
        var reader = new MarkdownInline(line);
        reader.Read();
        return reader.Spans(style);
    }

    private void Read()
    {
        for (var i = 0; i < line.Length;)
        {
            i = line[i] switch
            {
                '\\' when i + 1 < line.Length && char.IsAscii(line[i + 1]) && (char.IsPunctuation(line[i + 1]) || char.IsSymbol(line[i + 1])) => Literal(i + 1),
                '`' => Ticks(i),
                '*' or '_' => Emphasis(i),
                '[' => Link(i),
                '!' when i + 1 < line.Length && line[i + 1] == '[' && Link(i + 1) is var after && after > i + 2 => after,
                _ => Literal(i),
            };
        }

        EndText();
    }

    private int Literal(int at)
    {
        text.Append(line[at]);
        return at + 1;
    }

    private int Ticks(int at)
    {
        var length = RunLength(at);
        for (var i = at + length; !unclosedTicks.Contains(length) && i < line.Length;)
        {
            if (line[i] != '`')
            {
                i++;
                continue;
            }

            var closing = RunLength(i);
            if (closing == length)
            {
                EndText();
                var code = line[(at + length)..i];
                tokens.Add(new Token(code.Length > 2 && code[0] == ' ' && code[^1] == ' ' ? code[1..^1] : code, IsCode: true));
                return i + closing;
            }

            i += closing;
        }

        unclosedTicks.Add(length);
        text.Append(line, at, length);
        return at + length;
    }

    private int Emphasis(int at)
    {
        var mark = line[at];
        var length = RunLength(at);
        var end = at + length;
        var before = at == 0 ? ' ' : line[at - 1];
        var after = end == line.Length ? ' ' : line[end];
        var canOpen = !char.IsWhiteSpace(after) && (mark == '*' || !char.IsLetterOrDigit(before));
        var canClose = !char.IsWhiteSpace(before) && (mark == '*' || !char.IsLetterOrDigit(after));
        if (length > MaxRun || (!canOpen && !canClose) || open.Count >= MaxOpen)
        {
            text.Append(line, at, length);
            return end;
        }

        EndText();
        // A run of three is both marks; the one that was opened last is closed first.
        for (var left = length; left > 0;)
        {
            if (canClose && TryClose(mark, left, out var closed)) left -= closed;
            else if (canOpen) left -= Open(mark, left);
            else
            {
                tokens.Add(new Token(new string(mark, left)));
                break;
            }
        }

        return end;
    }

    private int Open(char mark, int left)
    {
        var length = left >= 2 ? 2 : 1;
        open.Push(tokens.Count);
        tokens.Add(new Token(new string(mark, length), Mark: mark, Length: length));
        return length;
    }

    // What was opened inside and is not closed stays text. A mark of the other width or sign above is passed over, and each only once.
    private bool TryClose(char mark, int left, out int closed)
    {
        closed = 0;
        var candidate = open.FirstOrDefault(i => tokens[i].Mark == mark && tokens[i].Length <= left && i < tokens.Count - 1, -1);
        if (candidate < 0) return false;
        while (open.Pop() != candidate)
        {
        }

        closed = tokens[candidate].Length;
        tokens[candidate] = tokens[candidate] with { Turns = 1 };
        tokens.Add(new Token(new string(mark, closed), Mark: mark, Length: closed, Turns: -1));
        return true;
    }

    private int Link(int at)
    {
        var middle = line.IndexOf("](", at, Math.Min(MaxAddress, line.Length - at), StringComparison.Ordinal);
        var next = middle < 0 ? -1 : line.AsSpan(at + 1, middle - at - 1).IndexOf('[');
        var end = middle < 0 ? -1 : line.AsSpan(middle, Math.Min(MaxAddress, line.Length - middle)).IndexOf(')');
        if (next >= 0 || end < 0 || middle == at + 1) return Literal(at);
        // The words may hold escapes but no emphasis: simple, and nothing is hidden.
        foreach (var span in Parse(line[(at + 1)..middle])) text.Append(span.Text);
        text.Append(" (").Append(line, middle + 2, end - 2).Append(')');
        return middle + end + 1;
    }

    private int RunLength(int at)
    {
        var end = at + 1;
        while (end < line.Length && line[end] == line[at]) end++;
        return end - at;
    }

    private void EndText()
    {
        if (text.Length == 0) return;
        tokens.Add(new Token(text.ToString()));
        text.Clear();
    }

    private List<MarkdownSpan> Spans(MarkdownStyle style)
    {
        var spans = new List<MarkdownSpan>();
        int bold = 0, italic = 0;
        foreach (var token in tokens)
        {
            if (token.Turns != 0)
            {
                if (token.Length == 2) bold += token.Turns;
                else italic += token.Turns;
                continue;
            }

            var now = style | (bold > 0 ? MarkdownStyle.Bold : 0) | (italic > 0 ? MarkdownStyle.Italic : 0) | (token.IsCode ? MarkdownStyle.Code : 0);
            if (token.Text.Length == 0) continue;
            if (spans.Count > 0 && spans[^1].Style == now && !token.IsCode) spans[^1] = spans[^1] with { Text = spans[^1].Text + token.Text };
            else spans.Add(new MarkdownSpan(token.Text, now));
        }

        return spans;
    }

    private sealed record Token(string Text, char Mark = '\0', int Length = 0, int Turns = 0, bool IsCode = false);
}
