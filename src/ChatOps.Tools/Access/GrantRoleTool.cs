using ChatOps.Identity;
using ChatOps.Policy;

namespace ChatOps.Tools.Access;

/// <summary>Gives a person a role.</summary>
internal sealed partial class GrantRoleTool(IAccessEditor editor) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var (person, role) = (call.Arguments.Required("person"), call.Arguments.Required("role"));
        return ToolRisk.Change(
            "access.grant", "It widens what a person may do.", $"Give {person} the role {role}", $"access grant {person} {role}",
            role == AccessRoles.Admin ? Risk.Dangerous : Risk.Change);
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var (person, role) = (call.Arguments.Required("person"), call.Arguments.Required("role"));
        return await editor.GrantAsync(person, role, cancellationToken) is { } problem
            ? ToolAnswer.Failed(FailureCode.ToolFailed, problem)
            : ToolAnswer.Done($"{person} has the role {role} now.", new { person, role });
    }
}
