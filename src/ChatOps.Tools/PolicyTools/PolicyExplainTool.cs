using ChatOps.Messages;
using ChatOps.Policy;

namespace ChatOps.Tools.PolicyTools;

/// <summary>Explains what the gate would think of a command line.</summary>
internal sealed partial class PolicyExplainTool(ICommandRisk commands) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Explain a command line");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var a = commands.Assess(call.Arguments.Required("command_line"));
        var risk = a.Risk.ToString().ToLowerInvariant();
        var verdict = a.Risk switch
        {
            Risk.Read => "It runs at once.",
            Risk.Forbidden => "It never runs, for anybody.",
            _ => "It asks first.",
        };
        return Task.FromResult(ToolAnswer.Done(
            $"{risk}: {a.Reason}",
            new RichMessage(
            [
                new TextBlock($"**{risk}** {PlainText.Escape(a.Reason)} {verdict}", a.Risk switch { Risk.Read => Tone.Ok, Risk.Forbidden => Tone.Refused, _ => Tone.Waiting }),
                new CodeBlock(a.Command),
                new FieldsBlock([new("Rule", a.Rule), new("Shell", a.RunsWithoutShell ? "none, the words as parsed" : "/bin/sh -c")]),
            ]),
            new { command = a.Command, risk, rule = a.Rule, reason = a.Reason, runsWithoutShell = a.RunsWithoutShell }));
    }
}
