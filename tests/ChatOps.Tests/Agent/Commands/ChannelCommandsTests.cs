using ChatOps.Agent.Commands;
using ChatOps.Channels;
using ChatOps.Identity;
using ChatOps.Tools;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Agent.Commands;

public sealed class ChannelCommandsTests
{
    private static readonly ChatCommandLine Grammar = new(ToolDefinitions.All);
    private static readonly ChannelCommands Commands = new(Grammar, new Nothing(), new Nothing());

    [Fact]
    public void The_tree_has_every_command_of_the_grammar_and_no_other()
    {
        var paths = Paths(Commands.All, "").Order(StringComparer.Ordinal);

        Assert.Equal(Grammar.Manifests.SelectMany(m => m.Commands).Order(StringComparer.Ordinal), paths);
    }

    [Fact]
    public void Hidden_parameters_are_offered_nowhere()
    {
        var approve = Commands.All.Single(c => c.Name == "approvals").Subcommands.Single(c => c.Name == "approve");

        Assert.DoesNotContain(approve.Options, o => o.Name is "hash" or "revision");
        Assert.Contains(approve.Options, o => o is { Name: "id", Required: true });
    }

    [Theory]
    [InlineData("df -h | tail -n 1")]
    [InlineData("echo 'a b' \"c\" $HOME")]
    [InlineData("ls --on here")]
    [InlineData("printf '%s\\n' x -- y")]
    public void A_filled_in_run_is_read_back_with_exactly_these_values(string command)
    {
        var line = Commands.Line(["run"], new Dictionary<string, string> { ["command-line"] = command, ["on"] = "env=prod,role in (web,api)", ["timeout"] = "90s" });

        var parsed = Grammar.Parse(line);
        Assert.True(parsed.Understood, parsed.Error);
        Assert.Equal((command, "env=prod,role in (web,api)"), (parsed.Arguments["command_line"], parsed.Arguments["on"]));
    }

    [Theory]
    [InlineData("it's ok; rm -rf / --on all")]
    [InlineData("--revision=7")]
    [InlineData("plain")]
    public void A_reason_stays_a_reason_whatever_is_in_it(string reason)
    {
        var parsed = Grammar.Parse(Commands.Line(["approvals", "deny"], new Dictionary<string, string> { ["id"] = "7F3K2M", ["reason"] = reason }));

        Assert.True(parsed.Understood, parsed.Error);
        Assert.Equal(("7F3K2M", reason), (parsed.Arguments["id"], parsed.Arguments["reason"]));
        Assert.False(parsed.Arguments.ContainsKey("revision"));
    }

    [Fact]
    public void Whatever_is_filled_in_the_grammar_reads_back_exactly_that()
    {
        string[] pieces = ["a", "df -h", " ", "'", "\"", "\\", "$x", "`id`", "--on", "-", "=", ",", "\n", "é", "👩‍👩‍👧", "/", "--", "all"];
        var text = Gen.Elements(pieces).ListOf().Select(parts => string.Concat(parts)).Where(t => !string.IsNullOrWhiteSpace(t));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll((from line in text from reason in text select (line, reason)).ToArbitrary(), c =>
        {
            var run = Grammar.Parse(Commands.Line(["run"], new Dictionary<string, string> { ["command-line"] = c.line, ["on"] = "local" }));
            var deny = Grammar.Parse(Commands.Line(["deny"], new Dictionary<string, string> { ["id"] = "7F3K2M", ["reason"] = c.reason }));
            return run.Arguments.GetValueOrDefault("command_line")?.Trim() == c.line.Trim() && run.Arguments["on"] == "local"
                && deny.Arguments.GetValueOrDefault("reason") == c.reason && deny.Arguments["id"] == "7F3K2M";
        }));
    }

    [Fact]
    public void What_is_no_command_or_option_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Commands.Line(["nonsense"], new Dictionary<string, string>()));
        Assert.Throws<ArgumentException>(() => Commands.Line(["status"], new Dictionary<string, string> { ["on"] = "all" }));
    }

    [Fact]
    public void The_fingerprint_is_of_the_definitions()
    {
        var same = new ChannelCommands(new ChatCommandLine(ToolDefinitions.All), new Nothing(), new Nothing());
        var fewer = new ChannelCommands(new ChatCommandLine(ToolDefinitions.All.Skip(1)), new Nothing(), new Nothing());

        Assert.Equal(Commands.Fingerprint, same.Fingerprint);
        Assert.NotEqual(Commands.Fingerprint, fewer.Fingerprint);
    }

    [Fact]
    public async Task A_stranger_is_offered_nothing() =>
        Assert.Empty(await Commands.CompleteAsync(new Actor("discord", "", "1"), ["run"], "on", "", CancellationToken.None));

    private static IEnumerable<string> Paths(IEnumerable<ChannelCommand> commands, string prefix) =>
        commands.SelectMany(c => Paths(c.Subcommands, $"{prefix}{c.Name} ").Concat(c.Usable ? [prefix + c.Name] : []));

    private sealed class Nothing : ICommandCompletion, IPrincipals
    {
        public IReadOnlyList<CompletionItem> Complete(string text, int cursor, Principal principal) => [];

        public Principal? Resolve(Actor actor) => null;

        public Principal? Find(string id) => null;

        public IReadOnlyList<Principal> All() => [];
    }
}
