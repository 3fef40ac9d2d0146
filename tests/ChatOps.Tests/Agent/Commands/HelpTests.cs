using ChatOps.Agent.Commands;
using ChatOps.Messages;
using ChatOps.Tests.Agent.Fakes;

namespace ChatOps.Tests.Agent.Commands;

public class HelpTests
{
    private static string About(string topic) => Gateway.Text(CommandHelp.About(Line.Grammar.Manifests, topic)!);

    [Fact]
    public void The_help_of_a_command_has_usage_parameters_and_examples() => Assert.Equal(
        """
        Run a command line on nodes.
        Usage: /run COMMAND --on SELECTOR [--node NODE] [--tag TAG]… [--env ENV] [--timeout DURATION] [--cwd CWD] [--parallel N] [--serial] [--delay DURATION] [--batch BATCH] [--max-failures MAX-FAILURES] [--dry-run] [--rerun RERUN]
        COMMAND | The command line, as you would type it in a shell.
        --on SELECTOR | Which nodes: a name (local), labels (env=prod,role=web) or all.
        --node NODE | Short for --on node=NAME.
        --tag TAG | Short for --on KEY=VALUE; may be given more than once.
        --env ENV | Short for --on env=VALUE.
        --timeout DURATION | Stop it on a node after this time (for example 30s or 5m).
        --cwd CWD | Working directory on the node, as an absolute path.
        --parallel N | How many nodes work at once; at most and by default Fleet:MaxParallel.
        --serial | One node after the other.
        --delay DURATION | Time between the start on one node and on the next.
        --batch BATCH | Nodes in a batch, as a number or a percentage; the next batch begins when all of one has ended.
        --max-failures MAX-FAILURES | Begin no more nodes when more than this number or percentage did not succeed.
        --dry-run | Run nothing: show the nodes, what would run, its risk and who would be asked.
        --rerun RERUN | Repeat an earlier run where it did not succeed: failed (the newest here) or INVOCATION:failed. Never where the end is unknown.
        The command is taken as you write it. Options count before it and at the very end of the line; `--` before the command ends them.
        Also: `/fleet exec`
        Examples: /run uptime --on local
        /run "journalctl -u cron -n 20 | grep -i error" --on local
        /run systemctl restart cron --on local
        /run apt-get -y upgrade --on env=prod --batch 20% --max-failures 2
        /run --rerun failed
        """.ReplaceLineEndings("\n"), About("run"));

    [Fact]
    public void Hidden_parameters_are_not_shown_and_other_names_are()
    {
        var help = About("approve");
        Assert.DoesNotContain("revision", help, StringComparison.Ordinal);
        Assert.DoesNotContain("hash", help, StringComparison.Ordinal);
        Assert.Contains("/approvals approve ID [--reason REASON] [--grant-for DURATION]", help, StringComparison.Ordinal);
        Assert.Contains("Also: `/approve`", help, StringComparison.Ordinal);
    }

    [Fact]
    public void A_group_lists_its_commands()
    {
        var help = About("access token");
        Assert.Equal(3, help.Split('\n').Length);
        Assert.All(help.Split('\n'), l => Assert.StartsWith("/access token ", l, StringComparison.Ordinal));
        Assert.Contains("/audit verify", About("audit"), StringComparison.Ordinal);
        Assert.Null(CommandHelp.About(Line.Grammar.Manifests, "nothing"));
    }

    [Fact]
    public void The_overview_has_a_line_for_every_command_of_every_group()
    {
        var all = CommandHelp.All(Line.Grammar.Manifests);
        Assert.Equal(Line.Grammar.Manifests.Count, all.Blocks.OfType<TableBlock>().Sum(t => t.Rows.Count));
        Assert.Equal("**Conversation**", all.Blocks.OfType<TextBlock>().Where(t => t.Markdown.StartsWith("**", StringComparison.Ordinal)).Last().Markdown);
    }

    [Fact]
    public async Task Only_what_the_person_could_use_is_listed()
    {
        await using var gateway = await Gateway.StartAsync();
        ((People)gateway.Services.GetService(typeof(People))!).Allowed = group => group == "audit";
        var help = (await gateway.RepliesAsync((await gateway.AskAsync("/help")).Id))[0];
        Assert.Contains("/audit verify", help, StringComparison.Ordinal);
        Assert.Contains("/whoami", help, StringComparison.Ordinal);
        Assert.Contains("/stop", help, StringComparison.Ordinal);
        Assert.DoesNotContain("/run", help, StringComparison.Ordinal);
        Assert.Contains("There is no command 'run'", (await gateway.RepliesAsync((await gateway.AskAsync("/help run")).Id))[0], StringComparison.Ordinal);
    }
}
