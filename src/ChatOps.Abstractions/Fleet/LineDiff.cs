using System.Globalization;
using System.Text;

namespace ChatOps.Fleet;

/// <summary>The difference of two texts, by lines, in the form of a unified diff.</summary>
public static class LineDiff
{
    private const int Context = 3;
    private const int MaxLines = 500;

    // Beyond this many pairs of lines the middle is shown as removed and added as a whole.
    private const int MaxPairs = 4_000_000;

    /// <summary>Makes one.</summary>
    /// <param name="before">The old text.</param>
    /// <param name="after">The new text.</param>
    /// <param name="complete">Whether all of it is there.</param>
    public static string Of(string before, string after, out bool complete)
    {
        var old = Lines(before);
        var current = Lines(after);
        var script = Script(old, current);
        var output = new StringBuilder();
        var written = 0;
        complete = true;
        foreach (var (from, to) in Hunks(script))
        {
            var part = script[from..to];
            if (written + part.Count > MaxLines)
            {
                complete = false;
                output.Append("… the rest of the change is not shown …\n");
                break;
            }

            written += part.Count;
            Header(output, script, from, part);
            foreach (var (kind, line) in part)
            {
                output.Append(kind).Append(line.TrimEnd('\n')).Append('\n');
                if (!line.EndsWith('\n'))
                    output.Append("\\ no newline at the end\n");
            }
        }

        return output.ToString();
    }

    private static string[] Lines(string text)
    {
        var lines = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            lines.Add(text[at..end]);
            at = end;
        }

        return [.. lines];
    }

    // Every line with ' ', '-' or '+'.
    private static List<(char Kind, string Line)> Script(string[] old, string[] current)
    {
        var head = 0;
        while (head < old.Length && head < current.Length && old[head] == current[head])
            head++;
        var tail = 0;
        while (tail < old.Length - head && tail < current.Length - head && old[^(tail + 1)] == current[^(tail + 1)])
            tail++;

        var script = old[..head].Select(line => (' ', line)).ToList();
        Middle(old[head..(old.Length - tail)], current[head..(current.Length - tail)], script);
        script.AddRange(old[(old.Length - tail)..].Select(line => (' ', line)));
        return script;
    }

    private static void Middle(string[] old, string[] current, List<(char, string)> script)
    {
        if ((long)old.Length * current.Length > MaxPairs)
        {
            script.AddRange(old.Select(line => ('-', line)));
            script.AddRange(current.Select(line => ('+', line)));
            return;
        }

        // Longest common subsequence, from the end.
        var common = new int[old.Length + 1, current.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = current.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == current[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        int left = 0, right = 0;
        while (left < old.Length || right < current.Length)
        {
            if (left < old.Length && right < current.Length && old[left] == current[right])
                (script, left, right) = (Add(script, ' ', old[left]), left + 1, right + 1);
            else if (left < old.Length && (right == current.Length || common[left + 1, right] >= common[left, right + 1]))
                script.Add(('-', old[left++]));
            else
                script.Add(('+', current[right++]));
        }
    }

    private static List<(char, string)> Add(List<(char, string)> script, char kind, string line)
    {
        script.Add((kind, line));
        return script;
    }

    // Ranges of changed lines with their surroundings.
    private static IEnumerable<(int From, int To)> Hunks(List<(char Kind, string Line)> script)
    {
        int from = -1, to = -1;
        for (var index = 0; index < script.Count; index++)
        {
            if (script[index].Kind == ' ')
                continue;
            if (from >= 0 && index - Context > to)
            {
                yield return (from, to);
                from = -1;
            }

            if (from < 0)
                from = Math.Max(0, index - Context);
            to = Math.Min(script.Count, index + Context + 1);
        }

        if (from >= 0)
            yield return (from, to);
    }

    private static void Header(StringBuilder output, List<(char Kind, string Line)> script, int from, List<(char Kind, string Line)> part)
    {
        var before = script.Take(from).ToList();
        var oldStart = before.Count(line => line.Kind != '+') + 1;
        var newStart = before.Count(line => line.Kind != '-') + 1;
        output.Append(CultureInfo.InvariantCulture, $"@@ -{oldStart},{part.Count(line => line.Kind != '+')} +{newStart},{part.Count(line => line.Kind != '-')} @@\n");
    }
}
