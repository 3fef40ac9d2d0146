using System.Globalization;
using System.Text.RegularExpressions;
using ChatOps.Testing.Schemas;

namespace ChatOps.Testing.Skills;

/// <summary>A command line that a shipped skill names.</summary>
/// <param name="Place">Skill, file and line.</param>
/// <param name="Section">The heading above it.</param>
/// <param name="Line">The command line.</param>
/// <param name="Claim">What the table's column "risk" says of its row; empty where there is none.</param>
/// <param name="Context">The text around it.</param>
public sealed partial record SkillCommand(string Place, string Section, string Line, string Claim, string Context)
{
    private static readonly string[] WithSubcommands = ["docker", "gh", "git", "kubectl", "systemctl", "terraform"];
    private static readonly string[] Programs =
    [
        "amtool", "apt-get", "awk", "cat", "cloudflared", "cp", "curl", "df", "dig", "dmesg", "docker", "du", "find", "free", "getent", "gh", "git", "ip", "journalctl", "jq", "kill", "kubectl", "last", "ls",
        "nginx", "openssl", "pgrep", "promtool", "ps", "psql", "rm", "ss", "sshd", "systemctl", "systemd-run", "terraform",
    ];

    /// <summary>Whether the skill says never to do it.</summary>
    public bool IsWarning => Context[..Context.IndexOf(Line, StringComparison.Ordinal)].Split(". ")[^1].Contains("never", StringComparison.OrdinalIgnoreCase);

    /// <summary>Every one of all skills.</summary>
    public static IReadOnlyList<SkillCommand> All { get; } = [.. Directory.EnumerateFiles(RepositoryFiles.Of("skills"), "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal).SelectMany(Read)];

    private static IEnumerable<SkillCommand> Read(string file)
    {
        var (section, risk) = ("", -1);
        foreach (var (i, line) in File.ReadLines(file).Index())
        {
            var cells = line.StartsWith('|') ? Cell().Split(line.Trim().Trim('|')).Select(c => c.Trim()).ToList() : [];
            if (line.StartsWith("## ", StringComparison.Ordinal)) section = line[3..].Trim();
            if (cells.Count == 0) risk = -1;
            else if (cells.Contains("risk")) risk = cells.IndexOf("risk");
            var place = string.Create(CultureInfo.InvariantCulture, $"{Path.GetRelativePath(RepositoryFiles.Of("skills"), file)}:{i + 1}");
            var claim = risk < 0 || risk >= cells.Count ? "" : cells[risk].Split([' ', ':', ';', ','])[0];
            foreach (var cell in cells.Count == 0 || risk < 0 ? [line] : cells)
            {
                var found = Span().Matches(cell).Select(m => m.Groups[1].Value.Replace("\\|", "|", StringComparison.Ordinal)).Where(IsCommand).ToList();
                foreach (var text in found) yield return new(place, section, text, claim, cell.Replace("\\|", "|", StringComparison.Ordinal));
                // The first cell with commands is the step; what stands behind it undoes it, or looks.
                if (found.Count > 0) claim = "";
            }
        }
    }

    // A word or a subcommand alone is a name, and what has "…" in it is the beginning of one.
    private static bool IsCommand(string text) =>
        text.Split(' ') is { Length: > 1 } words && !text.Contains('…', StringComparison.Ordinal) && Programs.Contains(words[0]) && (words.Length > 2 || !WithSubcommands.Contains(words[0]));

    [GeneratedRegex("`([^`]+)`", RegexOptions.CultureInvariant)]
    private static partial Regex Span();

    [GeneratedRegex(@"(?<!\\)\|", RegexOptions.CultureInvariant)]
    private static partial Regex Cell();
}
