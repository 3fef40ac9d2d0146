using ChatOps.Configuration;
using ChatOps.Policy;
using ChatOps.Policy.Commands;
using ChatOps.Policy.Rules;

namespace ChatOps.Tests.Policy;

/// <summary>workspace/policy.yaml: what it can add, and how a bad one is refused.</summary>
public sealed class PolicyFileTests
{
    [Fact]
    public void A_command_of_the_operator_is_judged_like_a_built_in_one()
    {
        var risk = Risk("""
            commands:
            - name: deployctl
              flags: -v --env=one(staging|prod)
              sub:
                status|list: {operands: text*}
                rollback: {risk: dangerous, why: takes the old version back}
                ship: change
            """);
        Assert.Equal(ChatOps.Policy.Risk.Read, risk.Assess("deployctl status web | grep -i fail").Risk);
        Assert.Equal("read.deployctl.status", risk.Assess("deployctl -v --env=prod status web").Rule);
        Assert.Equal(ChatOps.Policy.Risk.Change, risk.Assess("deployctl --env=other status").Risk);
        Assert.Equal(ChatOps.Policy.Risk.Change, risk.Assess("deployctl ship web").Risk);
        Assert.Equal(ChatOps.Policy.Risk.Dangerous, risk.Assess("deployctl rollback web").Risk);
    }

    [Fact]
    public void A_known_command_can_be_raised_and_says_where_that_is_written()
    {
        var risk = Risk("""
            raise:
            - command: kubectl logs
              risk: dangerous
              why: logs of this cluster hold personal data
            - command: curl
              risk: forbidden
            """);
        var logs = risk.Assess("kubectl logs web");
        Assert.Equal(ChatOps.Policy.Risk.Dangerous, logs.Risk);
        Assert.Equal("policy.yaml:2", logs.Rule);
        Assert.Contains("personal data", logs.Reason, StringComparison.Ordinal);
        Assert.Equal(ChatOps.Policy.Risk.Forbidden, risk.Assess("uptime && curl -s http://localhost/").Risk);
        Assert.Equal(ChatOps.Policy.Risk.Read, risk.Assess("kubectl get pods").Risk);
        Assert.Equal(ChatOps.Policy.Risk.Dangerous, risk.Assess("kubectl log web").Risk);
    }

    [Fact]
    public void Raising_one_command_leaves_others_of_the_same_risk_alone()
    {
        var risk = Risk("raise:\n- command: git commit\n  risk: dangerous\n");
        Assert.Equal(ChatOps.Policy.Risk.Dangerous, risk.Assess("git commit -m x").Risk);
        var fetch = risk.Assess("git fetch");
        Assert.Equal((ChatOps.Policy.Risk.Change, "change.git.fetch"), (fetch.Risk, fetch.Rule));
    }

    [Fact]
    public void Paths_of_the_operator_are_protected()
    {
        var risk = Risk("""
            protect:
            - paths: /srv/payroll *.p8
              why: payroll data
            - paths: [/srv/vault]
              risk: forbidden
            """);
        Assert.Equal(ChatOps.Policy.Risk.Change, risk.Assess("cat /srv/payroll/2026.csv").Risk);
        Assert.Equal(ChatOps.Policy.Risk.Change, risk.Assess("head push.p8").Risk);
        Assert.Equal(ChatOps.Policy.Risk.Forbidden, risk.Assess("cat /srv/vault/x").Risk);
        Assert.Equal(ChatOps.Policy.Risk.Read, risk.Assess("ls /srv/payroll").Risk);
    }

    [Theory]
    [InlineData("commands:\n- name: rm\n", 2, "commands", "known already")]
    [InlineData("commands:\n- name: x\n  flag: -v\n", 3, "commands[0].flag", "unknown key", "flags")]
    [InlineData("commands:\n- name: x\n  flags: -v=txt\n", 3, "commands[0].flags", "no kind of value", "text")]
    [InlineData("commands:\n- name: x\n  operands: contnt*\n", 3, "commands[0].operands", "no kind of value", "content")]
    [InlineData("commands:\n- flags: -v\n", 2, "commands[0]", "needs a name")]
    [InlineData("comands: []\n", 1, "comands", "unknown key", "commands")]
    [InlineData("raise:\n- command: rn\n  risk: dangerous\n", 2, "raise[0].command", "not a known command")]
    [InlineData("raise:\n- command: rm\n  risk: read\n", 3, "raise[0].risk", "must be one of")]
    [InlineData("raise:\n- command: rm\n  risk: dangerus\n", 3, "raise[0].risk", "must be one of", "dangerous")]
    [InlineData("protect:\n- why: x\n", 2, "protect[0]", "needs paths")]
    [InlineData("protect:\n- paths: /\n", 2, "protect[0].paths", "must be names or paths")]
    [InlineData("approvals:\n- ask: false\n", 2, "approvals[0].ask", "never make it not ask")]
    [InlineData("approvals:\n- tool: rum\n", 2, "approvals[0].tool", "no tool", "run")]
    [InlineData("commands:\n- name: x\n  judge: fnd\n", 3, "commands[0].judge", "must be one of", "find")]
    [InlineData("approvals:\n- votes: 0\n", 2, "approvals[0].votes", "whole number")]
    [InlineData("approvals:\n- on: 'env ='\n", 2, "approvals[0].on", "")]
    [InlineData("approvals:\n- risk: forbidden\n", 2, "approvals[0].risk", "must be one of")]
    [InlineData("approvals:\n- vote: 2\n", 2, "approvals[0].vote", "unknown key", "votes")]
    [InlineData("approvals: yes\n", 1, "approvals", "must be a list")]
    [InlineData("a: &x 1\nb: *x\n", 1, "a", "anchors")]
    [InlineData("a: !!str 1\n", 1, "a", "tags")]
    [InlineData("a: [\n", 1, "(file)", "not valid YAML")]
    [InlineData("approvals: []\napprovals: []\n", 2, "approvals", "already written in line 1")]
    [InlineData("- x\n", 1, "(file)", "must be a map")]
    [InlineData("approvals: []\n\0\nraise: 3\n", 2, "(file)", "control character")]
    public void A_bad_file_is_refused_with_line_key_and_the_nearest_name(string text, int line, string key, string reason, string? nearest = null)
    {
        Assert.Null(Read(text, out var problems));
        Assert.Contains(problems, p => p.Line == line && p.Key == key && p.Reason.Contains(reason, StringComparison.Ordinal) && (nearest is null || p.Nearest == nearest) && p.File == "policy.yaml");
    }

    [Fact]
    public void All_problems_come_at_once()
    {
        Assert.Null(Read("comands: []\napprovals:\n- votes: 0\n- vote: 1\n", out var problems));
        Assert.Equal(3, problems.Count);
    }

    [Fact]
    public void A_bad_file_stops_the_start()
    {
        using var file = new TemporaryFile("raise: 3\n");
        var stop = Assert.Throws<ConfigurationProblemsException>(() => Source(file.Path));
        Assert.Equal(file.Path, Assert.Single(stop.Problems).File);
    }

    [Fact]
    public void Without_a_file_the_built_in_rules_hold()
    {
        var source = Source(Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "policy.yaml"));
        Assert.Equal(ChatOps.Policy.Risk.Read, new CommandRisk(source).Assess("uptime").Risk);
        Assert.Empty(source.Problems);
    }

    [Fact]
    public void The_version_follows_the_text()
    {
        var one = Read("approvals:\n- votes: 2\n", out _)!.Version;
        Assert.NotEqual(one, Read("approvals:\n- votes: 3\n", out _)!.Version);
        Assert.Equal(one, Read("approvals:\n- votes: 2\n", out _)!.Version);
        Assert.Matches("^[0-9a-f]{12}$", one);
    }

    [Fact]
    public void A_change_is_taken_over_and_a_bad_one_leaves_the_last_good_version()
    {
        using var file = new TemporaryFile("");
        var source = Source(file.Path);
        var risk = new CommandRisk(source);
        var first = source.Current.Version;
        Assert.Equal(ChatOps.Policy.Risk.Read, risk.Assess("uptime").Risk);

        file.Write("raise:\n- command: uptime\n  risk: change\n");
        source.Take(source.Look());
        Assert.Equal(ChatOps.Policy.Risk.Change, risk.Assess("uptime").Risk);
        Assert.NotEqual(first, source.Current.Version);

        file.Write("raise:\n- command: uptime\n  risk: nothing\n");
        source.Take(source.Look());
        Assert.Equal(ChatOps.Policy.Risk.Change, risk.Assess("uptime").Risk);
        Assert.Equal(3, Assert.Single(source.Problems).Line);

        file.Delete();
        source.Take(source.Look());
        Assert.Equal(ChatOps.Policy.Risk.Change, risk.Assess("uptime").Risk);
        Assert.Contains("gone", Assert.Single(source.Problems).Reason, StringComparison.Ordinal);

        file.Write("raise:\n- command: uptime\n  risk: dangerous\n");
        source.Take(source.Look());
        Assert.Equal(ChatOps.Policy.Risk.Dangerous, risk.Assess("uptime").Risk);
        Assert.Empty(source.Problems);
    }

    [Fact]
    public void A_file_that_is_emptied_while_running_loosens_nothing_and_one_with_a_comment_is_meant()
    {
        using var file = new TemporaryFile("raise:\n- command: uptime\n  risk: change\n");
        var source = Source(file.Path);
        var risk = new CommandRisk(source);
        file.Write(" \n");
        source.Take(source.Look());
        Assert.Equal(ChatOps.Policy.Risk.Change, risk.Assess("uptime").Risk);
        Assert.Single(source.Problems);
        file.Write("# no rules of ours\n");
        source.Take(source.Look());
        Assert.Equal(ChatOps.Policy.Risk.Read, risk.Assess("uptime").Risk);
        Assert.Empty(source.Problems);
    }

    [Fact]
    public void The_same_good_text_after_a_bad_one_clears_the_problem()
    {
        const string good = "approvals:\n- votes: 2\n";
        using var file = new TemporaryFile(good);
        var source = Source(file.Path);
        file.Write("approvals: 7\n");
        source.Take(source.Look());
        Assert.NotEmpty(source.Problems);
        file.Write(good);
        source.Take(source.Look());
        Assert.Empty(source.Problems);

        file.Delete();
        source.Take(source.Look());
        Assert.NotEmpty(source.Problems);
        file.Write(good);
        source.Take(source.Look());
        Assert.Empty(source.Problems);
    }

    private static ICommandRisk Risk(string text)
    {
        using var file = new TemporaryFile(text);
        return new CommandRisk(Source(file.Path));
    }

    private static PolicySource Source(string path) => PolicyUnderTest.Source(new PolicyOptions { PolicyFile = path });

    private static PolicySnapshot? Read(string text, out IReadOnlyList<ConfigurationProblem> problems) =>
        new PolicyReader(PolicyUnderTest.BuiltIn, [], ["run", "files_read"]).Read(text, "policy.yaml", out problems);
}
