using ChatOps.Configuration;
using ChatOps.Fleet;
using ChatOps.Fleet.Frames;
using ChatOps.Node.Policy;
using ChatOps.Policy;
using ChatOps.Testing;

namespace ChatOps.Tests.Node;

public sealed class NodePolicyTests : IDisposable
{
    private readonly TempDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void Without_a_file_reads_run_and_changes_need_an_approval()
    {
        var policy = NodePolicyLoader.Load(Path.Combine(directory.Path, "none.yaml"));
        Assert.Null(policy.Refusal(Plan("uptime", Risk.Read)));
        Assert.Contains("names none", policy.Refusal(Plan("reboot", Risk.Change)));
        Assert.Null(policy.Refusal(Plan("reboot", Risk.Change) with { Approval = "A7K2Q9" }));
        Assert.Contains("names none", policy.Refusal(Plan("reboot", Risk.Dangerous)));
    }

    [Theory]
    [InlineData("", "changes need an approval")]
    [InlineData("read: approval\nrules:\n  - program: uptime\n    risk: read\n    then: allow\n", "changes need an approval")]
    [InlineData("rules:\n  - program: touch\n    risk: change\n    then: allow\n", "some programs change without an approval")]
    [InlineData("rules:\n  - program: \"*\"\n    then: allow\n", NodeFact.ChangesAtWill)]
    [InlineData("change: allow\n", NodeFact.ChangesAtWill)]
    [InlineData("dangerous: allow\n", NodeFact.ChangesAtWill)]
    public void It_says_in_a_few_words_what_it_lets_a_gateway_do(string yaml, string says) => Assert.Equal(says, Load(yaml).Summary);

    [Fact]
    public void A_shell_line_is_never_taken_for_a_read()
    {
        Assert.NotNull(NodePolicy.Default.Refusal(SomePlan with { Program = null, Risk = Risk.Read }));
    }

    [Fact]
    public void What_gets_content_counts_as_putting_a_file_too()
    {
        var policy = Load("""
            change: allow
            rules:
              - program: put_file
                then: never
            """);
        Assert.Null(policy.Refusal(Plan("sh", Risk.Change)));
        Assert.Contains("'put_file'", policy.Refusal(Plan("sh", Risk.Change) with { Approval = "A7K2Q9", Input = new PlanInput(3, new string('a', 64)) }));
    }

    [Fact]
    public void The_strictest_program_of_a_pipe_decides_and_the_first_rule_of_each()
    {
        var policy = Load("""
            change: allow
            rules:
              - program: systemctl
                risk: change
                then: approval
              - program: "*"
                risk: dangerous
                then: never
              - program: /opt/acme/*
                then: never
            """);
        Assert.Null(policy.Refusal(Plan("touch", Risk.Change)));
        Assert.NotNull(policy.Refusal(Plan("systemctl", Risk.Change)));
        Assert.NotNull(policy.Refusal(Plan("/usr/bin/systemctl", Risk.Change)));
        Assert.NotNull(policy.Refusal(Pipe(Risk.Change, "touch", "systemctl")));
        Assert.NotNull(policy.Refusal(Plan("mkfs", Risk.Dangerous) with { Approval = "A7K2Q9" }));
        Assert.NotNull(policy.Refusal(Plan("/opt/acme/erase", Risk.Read)));
        Assert.Null(policy.Refusal(Plan("erase", Risk.Read)));
    }

    [Theory]
    [InlineData("reed: allow", "reed")]
    [InlineData("read: maybe", "read")]
    [InlineData("rules: allow", "rules")]
    [InlineData("rules:\n  - then: never", "program")]
    [InlineData("rules:\n  - program: rm", "then")]
    [InlineData("rules:\n  - program: rm\n    then: never\n    when: now", "when")]
    [InlineData("- read", "must be a map")]
    [InlineData("read: approval\nread: allow", "already written in line 1")]
    [InlineData("read: &a never\nchange: *a", "anchors")]
    [InlineData("rules:\n  - { program: [rm], then: never }", "must be a text")]
    [InlineData("read: 0", "is one of")]
    [InlineData("read: [", "YAML")]
    public void A_file_that_is_not_understood_is_refused_with_the_reason(string text, string expected)
    {
        var problems = Assert.Throws<ConfigurationProblemsException>(() => Load(text));
        Assert.Contains(expected, problems.Message, StringComparison.Ordinal);
    }

    private static ExecutionPlan SomePlan => Fleet.SomeFrames.Plan;

    private static ExecutionPlan Plan(string program, Risk risk) => Pipe(risk, program);

    private static ExecutionPlan Pipe(Risk risk, params string[] programs) => SomePlan with
    {
        Risk = risk,
        Program = new CommandProgram([new(CommandJoin.Always, false, [.. programs.Select(p => new SimpleCommand([new(p, false)], []))])]),
    };

    private NodePolicy Load(string text)
    {
        var path = Path.Combine(directory.Path, "node-policy.yaml");
        File.WriteAllText(path, text);
        return NodePolicyLoader.Load(path);
    }
}
