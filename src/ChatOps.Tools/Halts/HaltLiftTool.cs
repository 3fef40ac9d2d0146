using ChatOps.Approvals;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Storage;

namespace ChatOps.Tools.Halts;

/// <summary>
/// Lifts a halt. Whoever pulled the brake does not release it: that takes another person with the right. Where nobody else has it, a gateway of one person could never
/// go on; then they may, and the record says so.
/// </summary>
internal sealed partial class HaltLiftTool(IStore store, INodes nodes, IAuthorizer authorizer, IPrincipals principals, IApprovalCards cards, TimeProvider time) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "halt.lift", "What changes something may begin again.", $"Lift the halt {call.Arguments.Text("id")}".TrimEnd(), $"halt lift {call.Arguments.Text("id")}".TrimEnd());

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var open = await store.ReadAsync(session => session.Halts.Open(), cancellationToken);
        if (open.Count == 0) return ToolAnswer.Failed(FailureCode.NotFound, "Nothing is halted.");
        var id = call.Arguments.Text("id");
        if (id is null && open.Count > 1) return ToolAnswer.Failed(FailureCode.BadArguments, $"{open.Count} halts are in force; say which: {string.Join(", ", open.Select(h => $"{h.Id} ({h.On})"))}.");
        if (open.FirstOrDefault(h => id is null || string.Equals(h.Id, id, StringComparison.OrdinalIgnoreCase)) is not { } halt)
            return ToolAnswer.Failed(FailureCode.NotFound, $"There is no halt '{id}' in force. 'halt status' lists them.");
        var targets = Selector.TryParse(halt.On, out var selector, out _) ? selector.Of(nodes.All()) : nodes.All();
        var right = authorizer.Decide(call.Principal, Definition.Name, Definition.Group, targets);
        if (!right.Allowed) return ToolAnswer.Refused(FailureCode.NotAllowed, right.Reason);
        var own = halt.By == call.Principal.Id;
        if (own && principals.All().FirstOrDefault(p => p.Id != halt.By && authorizer.Decide(p, Definition.Name, Definition.Group, targets).Allowed) is { } other)
            return ToolAnswer.Refused(FailureCode.NotAllowed, $"You halted this yourself; another person has to lift it, such as {other.DisplayName}.");
        var lifted = await store.WriteAsync(
            session =>
            {
                if (!session.Halts.Lift(halt.Id, call.Principal.Id, time.GetUtcNow())) return false;
                cards.RedrawPending(session);
                return true;
            },
            cancellationToken);
        if (!lifted) return ToolAnswer.Done("Somebody lifted it in this moment.", new { id = halt.Id, lifted = false });
        var alone = own ? " Nobody else here may lift it, so you lifted your own." : "";
        return ToolAnswer.Done($"Lifted: {halt.On} may change again.{alone} What was stopped is not repeated by itself.", new { id = halt.Id, on = halt.On, by = halt.By, lifted = true, alone = own });
    }
}
