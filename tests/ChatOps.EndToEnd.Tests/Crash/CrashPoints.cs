using System.Text.RegularExpressions;
using ChatOps.EndToEnd.Harness;

namespace ChatOps.EndToEnd.Crash;

/// <summary>The named crash points of the product, read from its sources so that a new one cannot be forgotten.</summary>
internal static partial class CrashPoints
{
    public static IReadOnlyList<string> All { get; } = Directory
        .EnumerateFiles(Path.Combine(ChatOpsExecutable.Root, "src"), "*.cs", SearchOption.AllDirectories)
        .SelectMany(f => Hit().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value))
        .Distinct().Order(StringComparer.Ordinal).ToList();

    [GeneratedRegex("CrashPoint\\.Hit\\(\"([a-z.]+)\"\\)")]
    private static partial Regex Hit();
}
