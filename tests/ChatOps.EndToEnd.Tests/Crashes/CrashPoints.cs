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

    /// <summary>Those that a message in words passes; speech is put into words before, at points of its own.</summary>
    public static IReadOnlyList<string> OfText { get; } = [.. All.Where(point => !point.StartsWith("voice.", StringComparison.Ordinal))];

    [GeneratedRegex(@"CrashPoint\.Hit\(""(?<name>[a-z.]+)""\)")]
    private static partial Regex Point();
}
