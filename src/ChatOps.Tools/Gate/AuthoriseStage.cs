using ChatOps.Identity;

namespace ChatOps.Tools.Gate;

/// <summary>May this person use this tool on every one of these nodes? Asked again for an approved plan, with the roles in force then.</summary>
internal sealed class AuthoriseStage(IAuthorizer authorizer) : IGateStage
{
    public ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        var manifest = context.Manifest;
        if (manifest.ForEverybody || (manifest.TargetsInPlan && authorizer.CouldUse(context.Principal!, manifest.Name, manifest.Group)))
            return ValueTask.FromResult<InvocationOutcome?>(null);
        var decision = authorizer.Decide(context.Principal!, manifest.Name, manifest.Group, context.Call!.Targets);
        return ValueTask.FromResult(decision.Allowed ? null : context.Refuse(FailureCode.NotAllowed, decision.Reason, decision.Rule?.ToString() ?? "deny by default"));
    }
}
