using ChatOps.Console.Components;
using ChatOps.Console.Http;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Access;

/// <summary>People, roles, and the answer to "can … do … on …?" with the rule and its place.</summary>
internal sealed class AccessArea(IPrincipals principals, IAuthorizer authorizer, INodes nodes, IToolCatalogue tools, IPairings pairings, Pages pages, Permits permits) : IConsoleArea
{
    private const string AskTool = "access_can";
    private const string PeopleTool = "access_people";
    private const string RolesTool = "access_roles";
    private const string GrantTool = "access_grant";
    private const string RevokeTool = "access_revoke";
    private const string WaitingTool = "access_pair_list";
    private const string LetInTool = "access_pair_approve";
    private const string KeepOutTool = "access_pair_deny";

    public void Map(ConsoleRoutes routes)
    {
        routes.Get("/access", ShowAsync);
        routes.Post("/access/grant", request => ChangeAsync(request, GrantTool));
        routes.Post("/access/revoke", request => ChangeAsync(request, RevokeTool));
        routes.Post("/access/pair", request => AnswerAsync(request, LetInTool));
        routes.Post("/access/pair/deny", request => AnswerAsync(request, KeepOutTool));
    }

    private Task<IResult> ShowAsync(ConsoleRequest request) => pages.ShowAsync<AccessPage>(
        request, Section.Access, "Access", PeopleTool,
        async () => new Dictionary<string, object?>
        {
            [nameof(AccessPage.View)] = Read(
                request.Who.Principal, new AccessQuestion(request.Query("person"), request.Query("tool"), request.Query("on")),
                permits.May(request.Who.Principal, WaitingTool) ? await pairings.PendingAsync(request.Aborted) : []),
        });

    private AccessView Read(Principal person, AccessQuestion question, IReadOnlyList<PairingRow> waiting)
    {
        var (answer, problem) = permits.WhyNot(person, AskTool) is { } reason ? (null, reason) : Decide(question);
        return new AccessView(
            principals.All(), permits.May(person, RolesTool) ? authorizer.Roles() : [], tools.All.Select(t => t.Name).ToList(), question, answer, problem,
            permits.May(person, GrantTool), waiting);
    }

    private (AccessDecision? Answer, string? Problem) Decide(AccessQuestion question)
    {
        if (question is not { Person: { } name, Tool: { } toolName }) return (null, null);
        if (principals.Find(name) is not { } person) return (null, $"Nobody here is called '{name}'.");
        if (tools.Find(toolName) is not { } tool) return (null, $"There is no tool '{toolName}'.");
        IReadOnlyList<NodeInfo> targets = [];
        if (question.On is not null)
        {
            if (!Selector.TryParse(question.On, out var selector, out var error)) return (null, error);
            var all = nodes.All();
            if (selector.Unknown(all, nodes.Groups) is { } unknown) return (null, unknown);
            targets = selector.Of(all);
            if (targets.Count == 0) return (null, "No node matches this selector.");
        }
        else if (tool.TargetParameter is not null)
        {
            return (null, $"'{tool.Name}' acts on nodes: say on which.");
        }

        return (authorizer.Decide(person, tool.Name, tool.Group, targets), null);
    }

    private async Task<IResult> AnswerAsync(ConsoleRequest request, string tool)
    {
        var post = await request.ReadJsonAsync<PairPost>();
        var arguments = new Dictionary<string, string?> { ["code"] = post?.Code };
        if (tool == LetInTool) (arguments["role"], arguments["person"]) = (post?.Role, post?.Person);
        var outcome = await permits.InvokeAsync(request.Who, tool, arguments, request.Aborted);
        return Results.Json(Permits.Answer(outcome), Json.Options);
    }

    private async Task<IResult> ChangeAsync(ConsoleRequest request, string tool)
    {
        var post = await request.ReadJsonAsync<RolePost>();
        var outcome = await permits.InvokeAsync(request.Who, tool, new() { ["person"] = post?.Person, ["role"] = post?.Role }, request.Aborted);
        return Results.Json(Permits.Answer(outcome), Json.Options);
    }
}
