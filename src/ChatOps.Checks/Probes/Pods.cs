using System.Globalization;
using ChatOps.Checks.Files;
using ChatOps.Checks.States;

namespace ChatOps.Checks.Probes;

/// <summary>Pods that do not come up: crash loops, images that cannot be pulled, and those that are pending for too long.</summary>
internal static class Pods
{
    private const int UsualPending = 5;
    private static readonly HashSet<string> Waiting = new(StringComparer.Ordinal) { "Pending", "ContainerCreating", "PodInitializing", "Terminating" };
    private static readonly HashSet<string> Well = new(StringComparer.Ordinal) { "Running", "Completed", "Succeeded" };

    /// <summary>The line.</summary>
    public static string Line(CheckDefinition check) =>
        "kubectl get pods --no-headers " + (check.Text("namespace") is { } space ? $"-n {ShellWord.Of(space)}" : "-A") + (check.Text("context") is { } context ? $" --context {ShellWord.Of(context)}" : "");

    /// <summary>Judges the list.</summary>
    public static Observation Judge(NodeLook look)
    {
        if (look.Answer.ExitCode != 0) return look.Unclear("kubectl did not list the pods: " + (look.Answer.Lines is [var first, ..] ? first : "no output"));
        var patience = TimeSpan.FromMinutes(look.Check.Number("pending_minutes", UsualPending));
        var named = look.Check.Text("namespace") is null ? 1 : 0;
        var bad = new List<string>();
        var all = 0;
        foreach (var line in look.Answer.Lines)
        {
            // RESTARTS may be "5 (2m ago)", so the age is found from the end.
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 5 + named) continue;
            all++;
            var (status, age) = (words[named + 2], Age(words[^1]));
            if (Well.Contains(status) || ((Waiting.Contains(status) || status.StartsWith("Init:", StringComparison.Ordinal) && !status.Contains("Err", StringComparison.Ordinal) && !status.Contains("Crash", StringComparison.Ordinal)) && age < patience)) continue;
            bad.Add($"{(named == 1 ? words[0] + "/" : "")}{words[named]} ({status})");
        }

        return bad.Count == 0
            ? look.Well(string.Create(CultureInfo.InvariantCulture, $"{all} pods are well."), 0)
            : look.Bad($"{bad.Count} of {all} pods {(bad.Count == 1 ? "does" : "do")} not come up: {string.Join(", ", bad.Take(5))}{(bad.Count > 5 ? ", …" : "")}.", bad.Count);
    }

    private static TimeSpan Age(string text)
    {
        var (sum, number) = (TimeSpan.Zero, 0);
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c)) number = Math.Min((number * 10) + (c - '0'), 1_000_000);
            else
            {
                sum += c switch { 's' => TimeSpan.FromSeconds(number), 'm' => TimeSpan.FromMinutes(number), 'h' => TimeSpan.FromHours(number), 'd' => TimeSpan.FromDays(number), 'y' => TimeSpan.FromDays(Math.Min(number, 1000) * 365), _ => TimeSpan.Zero };
                number = 0;
            }
        }

        return sum;
    }
}
