using ChatOps.Approvals;
using ChatOps.Console.Components;
using ChatOps.Console.Http;
using ChatOps.Identity;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Approvals;

/// <summary>The inbox of decisions: what waits, what was decided, standing grants. Every decision goes through the gate.</summary>
internal sealed class ApprovalsArea(IStore store, IApprovals approvals, Decidable decidable, Pages pages, Permits permits, TimeProvider time) : IConsoleArea
{
    private const int MaxDecided = 100;
    private const int MaxGrants = 100;

    public void Map(ConsoleRoutes routes)
    {
        routes.Get("/approvals", ListAsync);
        routes.Get("/approvals/{id}", ShowAsync);
        routes.Post("/approvals/{id}/approve", request => DecideAsync(request, Decidable.ApproveTool));
        routes.Post("/approvals/{id}/deny", request => DecideAsync(request, Decidable.DenyTool));
        routes.Post("/grants/{id}/revoke", RevokeAsync);
    }

    private Task<IResult> ListAsync(ConsoleRequest request) => pages.ShowAsync<ApprovalsPage>(
        request, Section.Approvals, "Approvals", "approvals_list",
        async () => new() { [nameof(ApprovalsPage.View)] = await store.ReadAsync(s => Read(s, request.Who.Principal, request.Query("show") ?? "all"), request.Aborted) });

    private Task<IResult> ShowAsync(ConsoleRequest request) => pages.ShowAsync<ApprovalPage>(
        request, Section.Approvals, "Approval " + request.Route("id"), "approvals_show",
        async () =>
        {
            var person = request.Who.Principal;
            var approval = await store.ReadAsync(s => approvals.Find(s, request.Route("id")), request.Aborted);
            return new()
            {
                [nameof(ApprovalPage.Approval)] = approval,
                [nameof(ApprovalPage.MayApprove)] = approval is not null && decidable.MayApprove(approval, person),
                [nameof(ApprovalPage.MayDeny)] = approval is not null && decidable.MayDeny(approval, person),
            };
        });

    private ApprovalsView Read(IStoreSession session, Principal person, string filter)
    {
        var needsYou = decidable.By(session, person);
        var others = approvals.List(session, [ApprovalState.Pending], Decidable.Limit).Where(a => needsYou.All(n => n.Id != a.Id)).OrderBy(a => a.ExpiresAt).ToList();
        var decided = approvals.List(session, StatesOf(filter), MaxDecided).Where(a => filter != "mine" || a.Request.Requester == person.Id).ToList();
        return new ApprovalsView(
            filter, needsYou, others, decided, permits.May(person, "grants_list") ? session.Approvals.Grants(MaxGrants) : [],
            person.Id, permits.May(person, "grants_revoke"), time.GetUtcNow());
    }

    private static IReadOnlyList<ApprovalState> StatesOf(string filter) => filter switch
    {
        "approved" => [ApprovalState.Approved, ApprovalState.Running, ApprovalState.Succeeded],
        "denied" => [ApprovalState.Denied, ApprovalState.Cancelled, ApprovalState.Superseded],
        "failed" => [ApprovalState.Failed, ApprovalState.Partial, ApprovalState.Unknown],
        "expired" => [ApprovalState.Expired],
        _ => Enum.GetValues<ApprovalState>().Where(s => s != ApprovalState.Pending).ToList(),
    };

    private async Task<IResult> DecideAsync(ConsoleRequest request, string tool)
    {
        if (await request.ReadJsonAsync<ApprovalPost>() is not { Revision: { } revision, Hash: { } hash } post)
            return NoticePages.Problem(StatusCodes.Status400BadRequest, "The decision was not understood. Reload the page.");
        var outcome = await permits.InvokeAsync(
            request.Who, tool,
            new()
            {
                ["id"] = request.Route("id"),
                ["revision"] = revision.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["hash"] = hash,
                ["reason"] = post.Reason,
                ["grant_for"] = tool == Decidable.ApproveTool ? post.GrantFor : null,
            },
            request.Aborted);
        return Results.Json(Permits.Answer(outcome), Json.Options);
    }

    private async Task<IResult> RevokeAsync(ConsoleRequest request) =>
        Results.Json(Permits.Answer(await permits.InvokeAsync(request.Who, "grants_revoke", new() { ["id"] = request.Route("id") }, request.Aborted)), Json.Options);
}
