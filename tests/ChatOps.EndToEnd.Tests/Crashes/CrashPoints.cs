using System.Text.RegularExpressions;

namespace ChatOps.EndToEnd.Crashes;

/// <summary>The named places where a test kills the gateway, as the sources have them: a new one cannot be forgotten.</summary>
internal static partial class CrashPoints
{
    /// <summary>Every point, in order of name.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. new[] { "src", "channels" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Harness.ChatOpsExecutable.Root, folder), "*.cs", SearchOption.AllDirectories))
            .SelectMany(file => Point().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value)
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Those that a command in words passes; speech is put into words before, and a model's steps are stored, at points of their own.</summary>
    public static IReadOnlyList<string> OfText { get; } = [.. All.Where(point => !point.StartsWith("voice.", StringComparison.Ordinal)).Except(OfModels).Except(OfStops).Except(OfSchedules).Except(OfFindings).Except(OfNodes)];

    /// <summary>Those that only the turn of a model passes.</summary>
    public static IReadOnlyList<string> OfModels => ["plan.checked", "plan.step", "turn.called", "turn.modelled"];

    /// <summary>Those that only a stop of something that runs passes.</summary>
    public static IReadOnlyList<string> OfStops => ["gate.stopping"];

    /// <summary>Those between an order and its result on a node, where its daemon is killed.</summary>
    public static IReadOnlyList<string> OfNodes => ["node.ran", "node.recorded", "node.registered", "node.sent"];

    /// <summary>Those that only what runs at its time passes.</summary>
    public static IReadOnlyList<string> OfSchedules => ["schedule.claimed", "schedule.ended", "schedule.worked"];

    /// <summary>Those that only what is done about a finding passes.</summary>
    public static IReadOnlyList<string> OfFindings => ["finding.begun", "finding.decided", "finding.invoked", "finding.proposed"];

    [GeneratedRegex(@"CrashPoint\.Hit\(""(?<name>[a-z.]+)""\)")]
    private static partial Regex Point();
}
