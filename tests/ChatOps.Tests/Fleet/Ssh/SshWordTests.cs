using ChatOps.Fleet;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Fleet.Ssh;

/// <summary>What was judged as words runs as exactly those words, whatever is in them.</summary>
public sealed class SshWordTests
{
    [Fact]
    public async Task No_word_is_ever_read_by_a_shell()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        string[] hostile =
        [
            "", " ", "a b", "'", "''", "\"", "$(touch /tmp/x)", "`id`", "$HOME", "${IFS}", "*", "?", "[a]", "~", "{a,b}", "\\", "\\\\", "\\n", "a\nb", "\r\n", "\t", "!", "!!", "#c", ";", "&", "|", ">x", "<x",
            "(x)", "-n", "--", "é", "日本", "😀", "\u001b[31m", "a'b\"c`d$e\\f", "'; exit 3; '", "\u2028", "=", "%s",
        ];

        Assert.Equal(hostile, await WordsAsync(fleet, hostile));
    }

    [Fact]
    public async Task Arbitrary_words_come_back_as_they_were()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var words = ArbMap.Default.ArbFor<NonNull<string>>().Generator.Select(s => new string([.. s.Get.Where(c => c != '\0' && !char.IsSurrogate(c))]));

        // Many in one command: each is an argument of its own.
        foreach (var sample in words.ArrayOf(40).Sample(8, 20)) Assert.Equal(sample, await WordsAsync(fleet, sample));
    }

    [Fact]
    public async Task Pipes_conditions_and_redirections_mean_what_they_mean_without_a_shell()
    {
        await using var fleet = await SshHarness.WithNodeAsync();

        var piped = await fleet.RunAsync(new CommandProgram([new(CommandJoin.Always, false, [Words("printf", "b\\na\\nb\\n"), Words("sort"), Words("uniq", "-c")])]));
        var joined = await fleet.RunAsync(new CommandProgram(
        [
            new(CommandJoin.Always, false, [Words("false")]), new(CommandJoin.And, false, [Words("echo", "never")]), new(CommandJoin.Or, false, [Words("echo", "or")]),
            new(CommandJoin.Always, true, [Words("false")]), new(CommandJoin.And, false, [Words("echo", "and")]), new(CommandJoin.Always, false, [Words("sh", "-c", "exit 9")]),
        ]));
        var quiet = await fleet.RunAsync(new CommandProgram([new(CommandJoin.Always, false,
        [
            new SimpleCommand([new("sh", false), new("-c", false), new("echo out; echo err >&2", false)], [CommandRedirection.StderrToNull]),
        ])]));

        Assert.Equal(["1 a", "2 b"], piped.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        Assert.Equal(("or\nand\n", 9), (joined.Output, joined.ExitCode));
        Assert.Equal("out\n", quiet.Output);
    }

    [Fact]
    public async Task Patterns_are_expanded_there_and_never_become_options()
    {
        await using var fleet = await SshHarness.WithNodeAsync();
        var directory = Directory.CreateDirectory(fleet.PathOf("files")).FullName;
        foreach (var name in (string[])["a.log", "b c.log", "-rf.log", ".hidden.log", "x.txt", "*.txt", "ü.log"]) await File.WriteAllTextAsync(Path.Combine(directory, name), "", TestContext.Current.CancellationToken);

        async Task<string[]> Expanded(string pattern) =>
            (await fleet.RunAsync(new CommandProgram([new(CommandJoin.Always, false, [new SimpleCommand([new("printf", false), new("%s\\n", false), new(pattern, true)], [])])]), directory))
            .Output.TrimEnd('\n').Split('\n');

        Assert.Equal(["./-rf.log", "a.log", "b c.log", "ü.log"], await Expanded("*.log"));
        Assert.Equal(["*.txt"], await Expanded("\\*.txt"));
        Assert.Equal(["a.log"], await Expanded("[a-b].log"));
        Assert.Equal(["none*"], await Expanded("none*"));
        Assert.Equal(["$(id)*"], await Expanded("$(id)*"));
        Assert.Equal([".hidden.log"], await Expanded(".h*"));
    }

    private static SimpleCommand Words(params string[] words) => new([.. words.Select(w => new CommandWord(w, false))], []);

    private static async Task<string[]> WordsAsync(SshHarness fleet, string[] words)
    {
        var result = await fleet.RunAsync([new("printf", false), new("%s\\0", false), .. words.Select(w => new CommandWord(w, false))]);
        Assert.Equal((ExecutionEnd.Exited, 0), (result.End, result.ExitCode));
        return result.Output.TrimEnd('\0').Length == 0 && words.Length == 1 ? [""] : result.Output[..^1].Split('\0');
    }
}
