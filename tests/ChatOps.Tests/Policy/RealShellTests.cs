using System.Diagnostics;
using System.Text;
using ChatOps.Fleet;
using ChatOps.Policy.Commands.Grammar;

namespace ChatOps.Tests.Policy;

/// <summary>The words that our grammar sees are the words that a real /bin/sh would pass.</summary>
public sealed class RealShellTests
{
    private static readonly string[] Atoms =
    [
        "a", "b c", "'a'", "'a b'", "\"a\"", "\"a b\"", "\\a", "\\ ", "\\'", "\\\"", "\\\\", "\"\\\"\"", "\"\\$x\"", "\"\\`\"", "\"\\\\\"", "\"\\a\"", "'\\'", "''", "\"\"", "\"'\"", "'\"'", "a'b'c", "a\"b\"c", "'a'\\''b'", "x=y", "--f=v", "-x", "{}", "{",
        "}", "a#b", "\\#", "'#'", "%s", "a\\ b", "\"a\"'b'c", "@", "^", "+", ",", ":", "a:b", "1,2", "\"{a,b}\"", "'$x'", "\"a$\"", "a$", "\\$x", "\\*", "'*'", "\"*\"", "'?'", "\\[a\\]", "'~'", "\\~", "!", "a!b", "]", "[", "\"!\"", "'a\tb'", "\"é\"", "'–'", "\"\\n\"", "'\\n'",
    ];

    [Fact]
    public async Task Words_are_split_and_unquoted_as_the_shell_does_it()
    {
        if (!File.Exists("/bin/sh")) return; // nothing to compare with on this system
        var random = new Random(20261120);
        var lines = new List<string>();
        var expected = new List<string>();
        for (var i = 0; lines.Count < 600; i++)
        {
            Assert.True(i < 20_000, "too few of the variants can run without a shell");
            var line = string.Concat(Enumerable.Range(0, random.Next(1, 7)).Select(_ => Atoms[random.Next(Atoms.Length)] + (random.Next(3) == 0 ? "" : " ")));
            var parsed = ShellParser.Parse("p " + line);
            if (parsed.Program is not { Pipelines: [{ Commands: [{ Redirections: [] } command] }] } || command.Words.Any(w => w.IsPattern)) continue;
            lines.Add(line);
            expected.Add(string.Join('\u0001', command.Words.Skip(1).Select(w => w.Text)));
        }

        // each line runs in the shell with a function that prints what it was given
        var script = new StringBuilder("p() { for a in \"$@\"; do printf '%s\\001' \"$a\"; done; printf '\\002'; }\n");
        foreach (var line in lines) script.Append("p ").Append(line).Append('\n');
        var actual = (await Run(script.ToString())).Split('\u0002')[..^1];
        Assert.Equal(lines.Count, actual.Length);
        for (var i = 0; i < lines.Count; i++)
            Assert.True(expected[i] == actual[i].TrimEnd('\u0001') || expected[i] + "\u0001" == actual[i], $"'{lines[i]}': ours {Shown(expected[i])}, the shell's {Shown(actual[i])}");
    }

    [Theory]
    [InlineData("p *.log 'a b'.tx? [ab].c \\*.log '*'.log")]
    [InlineData("p d/*.x */*.x d/[!a]* d/.* nothing*")]
    public async Task Patterns_are_what_the_shell_takes_as_patterns(string line)
    {
        if (!File.Exists("/bin/sh")) return;
        var parsed = ShellParser.Parse(line);
        Assert.NotNull(parsed.Program);

        // set -f keeps patterns as they are written after quote removal: the same text that we keep, without its backslashes
        var shell = (await Run("set -f\np() { for a in \"$@\"; do printf '%s\\001' \"$a\"; done; }\n" + line + "\n")).Split('\u0001')[..^1];
        Assert.Equal(shell, parsed.Program.Pipelines[0].Commands[0].Words.Skip(1).Select(Unescaped));
    }

    private static string Unescaped(CommandWord word) => word.IsPattern ? word.Text.Replace("\\", "", StringComparison.Ordinal) : word.Text;

    private static string Shown(string text) => text.Replace('\u0001', '|');

    private static async Task<string> Run(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", "-s") { RedirectStandardInput = true, RedirectStandardOutput = true, StandardInputEncoding = new UTF8Encoding(false), StandardOutputEncoding = Encoding.UTF8 })!;
        var output = shell.StandardOutput.ReadToEndAsync();
        await shell.StandardInput.WriteAsync(script);
        shell.StandardInput.Close();
        var text = await output;
        await shell.WaitForExitAsync();
        Assert.Equal(0, shell.ExitCode);
        return text;
    }
}
