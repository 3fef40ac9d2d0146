using ChatOps.Policy;
using ChatOps.Tests.Policy;
using ChatOps.Tools.Machines;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Machines;

/// <summary>Typed arguments as commands: what the policy judges is what runs, whatever the arguments are.</summary>
public sealed class NodeCommandTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2000);
    private static readonly string[] Pieces = ["-rf", "--", "$(id)", "`id`", "'", "\"", "\\", ";", "|", "&&", " ", "*", "?", "[a]", "~", "$HOME", "#", "!", "x", "/etc/shadow", "é", ">", "<", "{a,b}", "%", "="];

    private static Gen<string> Hostile => Gen.Elements(Pieces).ListOf().Select(parts => string.Concat(parts)).Where(t => t.Length > 0);

    [Fact]
    public void The_line_that_is_judged_has_exactly_the_words_that_run()
    {
        Check.One(Many, Prop.ForAll(Hostile.ToArbitrary(), Hostile.ToArbitrary(), (a, b) =>
        {
            var command = NodeCommand.Of("echo", a, b);
            var judged = PolicyUnderTest.Risk.Assess(command.Line);
            return judged.Program is { } program && program.Pipelines is [{ Commands: [var one] }]
                && one.Words.Select(w => w.Text).SequenceEqual(command.Program.Pipelines[0].Commands[0].Words.Select(w => w.Text)) && one.Words.All(w => !w.IsPattern);
        }));
    }

    [Fact]
    public void A_condition_and_a_pipe_are_judged_as_they_run()
    {
        var command = NodeCommand.Of("test", "-r", "/var/log/a b").Then(NodeCommand.Piped([["grep", "-e", "-x'y", "--", "/var/log/a b"], ["tail", "-n", "5"]]));
        var judged = PolicyUnderTest.Risk.Assess(command.Line);
        Assert.Equal(Risk.Read, judged.Risk);
        Assert.Equal(
            command.Program.Pipelines.SelectMany(p => p.Commands).SelectMany(c => c.Words).Select(w => w.Text),
            judged.Program!.Pipelines.SelectMany(p => p.Commands).SelectMany(c => c.Words).Select(w => w.Text));
        Assert.Equal(command.Program.Pipelines.Select(p => p.Join), judged.Program.Pipelines.Select(p => p.Join));
    }

    [Theory]
    [InlineData("/var/log/syslog", true)]
    [InlineData("/var/log/with space's name", true)]
    [InlineData("var/log/syslog", false)]
    [InlineData("/var/log/../../etc/shadow", false)]
    [InlineData("/var/./log", false)]
    [InlineData("/var/log/", false)]
    [InlineData("/var/log/x\ny", false)]
    [InlineData("-rf", false)]
    [InlineData("", false)]
    public void A_path_is_absolute_plain_and_of_a_file(string path, bool good) => Assert.Equal(good, MachineText.PathProblem("file", path) is null);

    [Fact]
    public void Half_a_character_is_no_part_of_a_path() => Assert.NotNull(MachineText.PathProblem("file", "/var/log/x" + (char)0xD800));

    [Theory]
    [InlineData("nginx", true)]
    [InlineData("getty@tty1.service", true)]
    [InlineData("dev-disk-by\\x2duuid.swap", true)]
    [InlineData("-rf", false)]
    [InlineData("--help", false)]
    [InlineData(".x", false)]
    [InlineData("$(x)", false)]
    [InlineData("a b", false)]
    [InlineData("a\nb", false)]
    [InlineData("a/../b", false)]
    [InlineData("", false)]
    public void A_service_has_a_name_that_is_no_option_and_no_path(string name, bool good) => Assert.Equal(good, MachineText.UnitProblem("name", name) is null);
}
