using ChatOps.Identity;
using ChatOps.Policy;

namespace ChatOps.Tools.Access;

/// <summary>
/// Lets a stranger in. As a new viewer at once, because looking changes nothing and the admin has just decided; with any other role, or as a person who is known, it asks where giving that
/// role would ask: otherwise one person could make a second one who approves.
/// </summary>
internal sealed partial class PairApproveTool(IPairings pairings, IAuthorizer authorizer, IPrincipals principals) : ITool
{
    private const string Rule = "access.pair";

    public ToolManifest Manifest => Definition;

    public async ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var (code, role) = (call.Arguments.Required("code"), call.Arguments.Required("role"));
        var request = await pairings.FindAsync(code, cancellationToken);
        var person = request is null ? null : Person(call, request);
        var who = request is null ? code : $"{request.Actor.Key} as {person}";
        var looksOnly = role == AccessRoles.Viewer && person is not null && principals.Find(person) is null;
        return new ToolAssessment(
            role == AccessRoles.Admin ? Risk.Dangerous : Risk.Change, Rule, "It lets somebody new speak here.", $"Let in {who} with the role {role}",
            $"access pair approve {code} --role {role}" + (person is null ? "" : $" --person {person}"), new Dictionary<string, string>())
        {
            NeverAsks = looksOnly,
            Problem = WhyNot(call, request is null, code, role),
        };
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var (code, role) = (call.Arguments.Required("code"), call.Arguments.Required("role"));
        if (await pairings.FindAsync(code, cancellationToken) is not { } request) return ToolAnswer.Failed(FailureCode.NotFound, Gone(code));
        var person = Person(call, request);
        return await pairings.ApproveAsync(code, person, role, call.Principal.Id, cancellationToken) is { } problem
            ? ToolAnswer.Failed(FailureCode.ToolFailed, problem)
            : ToolAnswer.Done($"{request.Actor.Key} is {person} now, with the role {role}.", new { person, role, identity = request.Actor.Key });
    }

    private string? WhyNot(ToolCall call, bool gone, string code, string role)
    {
        var may = authorizer.Decide(call.Principal, GrantRoleTool.Definition.Name, GrantRoleTool.Definition.Group, []);
        if (!may.Allowed) return $"Only who may give roles lets people in. {may.Reason}";
        if (gone) return Gone(code);
        var roles = authorizer.Roles().Select(r => r.Name).ToList();
        return roles.Contains(role) ? null : $"There is no role '{role}'; there are {string.Join(", ", roles)}.";
    }

    private string Person(ToolCall call, Storage.PairingRow request) => call.Arguments.Text("person") ?? pairings.NameFor(request);

    private static string Gone(string code) => $"Nobody waits with the code '{code}'; it is over, or was answered. 'access pair list' lists those who wait.";
}
