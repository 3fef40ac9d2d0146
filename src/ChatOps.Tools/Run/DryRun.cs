using System.Globalization;
using ChatOps.Messages;
using ChatOps.Policy;
using ChatOps.Tools.Nodes;

namespace ChatOps.Tools.Run;

/// <summary>What a run would do, without doing any of it.</summary>
internal static class DryRun
{
    private const int NodesShown = 50;

    public static ToolResult Of(ToolCall call, CommandAssessment command, ApprovalNeed need)
    {
        var count = call.Targets.Count;
        var summary = $"Nothing ran. It would run on {count} node{(count == 1 ? "" : "s")}.";
        var asks = Asks(command, need);
        var fields = new List<Field>
        {
            new("Risk", $"{Word(command.Risk)} ({command.Rule})"),
            new("Why", command.Reason),
            new("Approval", asks),
        };
        fields.AddRange(call.Assessment!.RunsAs.Select(r => new Field(r.Key, r.Value)));
        var blocks = new List<Block>
        {
            new TextBlock(PlainText.Escape(summary)),
            new CodeBlock(call.Arguments.Required("command_line"), "would run"),
            new FieldsBlock(fields),
            new TableBlock(["Node", "State", "Labels"], [.. call.Targets.Take(NodesShown).Select(n => (IReadOnlyList<string>)[n.Name, NodeText.State(n.State), NodeText.Labels(n)])]),
        };
        if (count > NodesShown) blocks.Add(new TextBlock($"and {count - NodesShown} more nodes"));
        return ToolAnswer.Done(summary, new RichMessage(blocks), new
        {
            dryRun = true,
            commandLine = call.Arguments.Required("command_line"),
            risk = command.Risk,
            rule = command.Rule,
            reason = command.Reason,
            approval = new { asks = need.Asks && command.Risk != Risk.Forbidden, rule = need.Rule, votes = need.Votes, roles = need.Roles, text = asks },
            settings = call.Assessment.RunsAs,
            total = count,
            nodes = call.Targets.Select(n => new { node = n.Name, state = n.State, labels = n.Labels }),
        });
    }

    private static string Asks(CommandAssessment command, ApprovalNeed need) =>
        command.Risk == Risk.Forbidden ? "forbidden for everybody; no approval can allow it"
        : !need.Asks ? $"none needed ({need.Rule})"
        : string.Create(CultureInfo.InvariantCulture, $"{need.Votes} vote{(need.Votes == 1 ? "" : "s")}{(need.Roles.Count == 0 ? "" : $" of {string.Join(" or ", need.Roles)}")} ({need.Rule})");

    private static string Word(Risk risk) => risk.ToString().ToLowerInvariant();
}
