using ChatOps.Identity;

namespace ChatOps.Tools.Access;

/// <summary>Takes a role from a person.</summary>
internal sealed partial class RevokeRoleTool(IAccessEditor editor) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var (person, role) = (call.Arguments.Required("person"), call.Arguments.Required("role"));
        return ToolRisk.Change("access.revoke", "It changes what a person may do.", $"Take the role {role} from {person}", $"access revoke {person} {role}");
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var (person, role) = (call.Arguments.Required("person"), call.Arguments.Required("role"));
        return await editor.RevokeAsync(person, role, cancellationToken) is { } problem
            ? ToolAnswer.Failed(FailureCode.ToolFailed, problem)
            : ToolAnswer.Done($"{person} does not have the role {role} any more.", new { person, role });
    }
}
