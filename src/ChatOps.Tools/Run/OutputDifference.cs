using System.Text;

namespace ChatOps.Tools.Run;

/// <summary>
/// How one output differs from another one, as a unified diff without its header: what both say is left out but for the lines around a difference. Bounded: of outputs
/// that are too long, or too different to say it shortly, nothing is said.
/// </summary>
internal static class OutputDifference
{
    /// <summary>The longest output that is compared, in lines, after what is equal at both ends is taken away.</summary>
    public const int MaxLines = 500;

    private const int Context = 2;

    /// <summary>The difference; null when the output itself says it better.</summary>
    public static string? Of(string common, string other, int characters)
    {
        string[] a = Lines(common), b = Lines(other);
        var head = 0;
        while (head < a.Length && head < b.Length && a[head] == b[head]) head++;
        var tail = 0;
        while (tail < a.Length - head && tail < b.Length - head && a[^(tail + 1)] == b[^(tail + 1)]) tail++;
        if (a.Length - head - tail > MaxLines || b.Length - head - tail > MaxLines) return null;
        var steps = Steps(a, b, head, tail);
        // Where hardly anything is the same, a difference is only a longer way to say it.
        if (steps.Count(s => s.Sign == ' ') < Math.Max(1, Math.Max(a.Length, b.Length) / 4)) return null;
        var text = Write(steps);
        return text.Length < characters && text.Length < other.Length ? text : null;
    }

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');

    private static List<(char Sign, string Line)> Steps(string[] a, string[] b, int head, int tail)
    {
        int n = a.Length - head - tail, m = b.Length - head - tail;
        // The length of the longest common part of what follows, for every pair of positions.
        var longest = new int[n + 1, m + 1];
        for (var i = n - 1; i >= 0; i--)
        {
            for (var j = m - 1; j >= 0; j--)
                longest[i, j] = a[head + i] == b[head + j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        }

        var steps = new List<(char, string)>(a[..head].Select(l => (' ', l)));
        for (int i = 0, j = 0; i < n || j < m;)
        {
            if (i < n && j < m && a[head + i] == b[head + j])
            {
                steps.Add((' ', a[head + i]));
                (i, j) = (i + 1, j + 1);
            }
            else if (j == m || (i < n && longest[i + 1, j] >= longest[i, j + 1])) steps.Add(('-', a[head + i++]));
            else steps.Add(('+', b[head + j++]));
        }

        steps.AddRange(a[(a.Length - tail)..].Select(l => (' ', l)));
        return steps;
    }

    private static string Write(List<(char Sign, string Line)> steps)
    {
        var shown = new bool[steps.Count];
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Sign == ' ') continue;
            for (var k = Math.Max(0, i - Context); k <= Math.Min(steps.Count - 1, i + Context); k++) shown[k] = true;
        }

        var text = new StringBuilder();
        var line = 1;
        for (var i = 0; i < steps.Count; i++)
        {
            // A hunk begins with the place in the common output, as people know it from diff.
            if (shown[i] && (i == 0 || !shown[i - 1])) text.Append("@@ line ").Append(line).Append(" @@\n");
            if (shown[i]) text.Append(steps[i].Sign).Append(steps[i].Line).Append('\n');
            if (steps[i].Sign != '+') line++;
        }

        return text.ToString();
    }
}
