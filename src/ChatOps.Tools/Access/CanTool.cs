using ChatOps.Configuration;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Tools.Nodes;

namespace ChatOps.Tools.Access;

/// <summary>Answers "may they?" without doing it, with the rule and where it is written.</summary>
internal sealed partial class CanTool(IPrincipals principals, IAuthorizer authorizer, INodes nodes) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Read("Explain a permission");

    public Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken) => Task.FromResult(Answer(call.Arguments));

    private ToolResult Answer(ToolArguments arguments)
    {
        var (person, tool) = (arguments.Required("person"), arguments.Required("tool"));
        if (principals.Find(person) is not { } principal)
            return ToolAnswer.Failed(FailureCode.NotFound, Unknown("person", person, principals.All().Select(p => p.Id)));
        if (ToolDefinitions.All.FirstOrDefault(m => m.Name == tool) is not { } manifest)
            return ToolAnswer.Failed(FailureCode.NotFound, Unknown("tool", tool, ToolDefinitions.All.Select(m => m.Name)));

        IReadOnlyList<NodeInfo> targets = [];
        if (arguments.Text("on") is { } on)
        {
            var chosen = ChosenNodes.Of(nodes, on);
            if (chosen.Refusal is not null) return chosen.Refusal;
            targets = chosen.Shown;
            if (targets.Count == 0) return ToolAnswer.Failed(FailureCode.NoTargets, $"No node matches '{on}'.");
        }
        else if (manifest.TargetParameter is not null)
        {
            return ToolAnswer.Failed(FailureCode.BadArguments, $"'{tool}' acts on nodes; say which: access can {person} {tool} --on SELECTOR.");
        }

        var decision = manifest.ForEverybody
            ? new AccessDecision(true, new AccessRule($"everybody who is known may use {tool}", "built-in", 0), $"Everybody who is known may use {tool}.")
            : authorizer.Decide(principal, manifest.Name, manifest.Group, targets);
        return ToolAnswer.Done(
            decision.Reason,
            new RichMessage(
            [
                new TextBlock($"{(decision.Allowed ? "Yes." : "No.")} {PlainText.Escape(decision.Reason)}", decision.Allowed ? Tone.Ok : Tone.Refused),
                new FieldsBlock([new("Rule", decision.Rule?.ToString() ?? "deny by default")]),
            ]),
            new { allowed = decision.Allowed, reason = decision.Reason, rule = decision.Rule?.Text, file = decision.Rule?.File, line = decision.Rule?.Line, nodes = targets.Select(t => t.Name) });
    }

    private static string Unknown(string what, string name, IEnumerable<string> known) =>
        $"There is no {what} '{name}'." + (NearestName.Of(name, known) is { } near ? $" Did you mean '{near}'?" : "");
}
