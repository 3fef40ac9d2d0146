using System.Globalization;
using System.Text;
using System.Text.Json;
using ChatOps.Audit;
using ChatOps.Console.Components;
using ChatOps.Console.Http;
using ChatOps.Identity;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Audit;

/// <summary>The record: a timeline with filters, one record with its place in the chain, proof, export.</summary>
internal sealed class AuditArea(
    IAuditLog audit, IPrincipals principals, IToolCatalogue tools, Pages pages, NoticePages notices, Permits permits, ConsoleRenderer renderer, TimeProvider time) : IConsoleArea
{
    private const int RowsAtATime = 100;
    private const int MaxRelated = 50;

    public void Map(ConsoleRoutes routes)
    {
        routes.Get("/audit", ListAsync);
        routes.Get("/audit/{id}", ShowAsync);
        routes.Post("/audit/verify", VerifyAsync);
        routes.Post("/audit/export", ExportAsync);
    }

    private Task<IResult> ListAsync(ConsoleRequest request) => pages.ShowAsync<AuditPage>(
        request, Section.Audit, "Audit", "audit_list",
        async () => new() { [nameof(AuditPage.View)] = await ReadAsync(request) });

    private async Task<AuditView> ReadAsync(ConsoleRequest request)
    {
        var filter = new AuditFilter(
            request.Query("since"), request.Query("user"), request.Query("tool"), request.Query("node"), request.Query("outcome"), request.Query("text"),
            request.Query("invocation"), request.Query("approval"));
        DateTimeOffset? since = null;
        string? problem = null;
        if (filter.Since is not null)
        {
            if (ArgumentText.TryDuration(filter.Since, out var back)) since = time.GetUtcNow() - back;
            else problem = "Write how far back as 90s, 15m, 24h or 7d.";
        }

        long? before = long.TryParse(request.Query("before"), NumberStyles.None, CultureInfo.InvariantCulture, out var b) ? b : null;
        var query = new AuditQuery(
            since, null, filter.User, filter.Tool, filter.Node, filter.Outcome, filter.Invocation, filter.Approval, filter.Text, before, RowsAtATime);
        var records = problem is null ? await audit.QueryAsync(query, request.Aborted) : [];
        return new AuditView(
            filter, records, records.Count == RowsAtATime ? filter.Address(records[^1].Sequence) : null, problem,
            principals.All().Select(p => p.Id).ToList(), tools.All.Select(t => t.Name).ToList(), permits.May(request.Who.Principal, "audit_export"));
    }

    private async Task<IResult> ShowAsync(ConsoleRequest request)
    {
        var record = permits.May(request.Who.Principal, "audit_show") ? await audit.FindAsync(request.Route("id"), request.Aborted) : null;
        if (record is null && permits.May(request.Who.Principal, "audit_show")) return await notices.NotFoundAsync(request.Http, "There is no such record.");
        return await pages.ShowAsync<AuditRecordPage>(
            request, Section.Audit, $"Record {record?.Sequence}", "audit_show",
            async () => new() { [nameof(AuditRecordPage.View)] = new AuditRecordView(record!, await RelatedAsync(record!, request.Aborted)) });
    }

    private async Task<IReadOnlyList<AuditRecord>> RelatedAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        var entry = record.Entry;
        if (entry.InvocationId is null && entry.ApprovalId is null) return [];
        var query = entry.InvocationId is not null
            ? new AuditQuery(InvocationId: entry.InvocationId, Limit: MaxRelated)
            : new AuditQuery(ApprovalId: entry.ApprovalId, Limit: MaxRelated);
        return (await audit.QueryAsync(query, cancellationToken)).OrderBy(r => r.Sequence).ToList();
    }

    private async Task<IResult> VerifyAsync(ConsoleRequest request)
    {
        if (permits.WhyNot(request.Who.Principal, "audit_verify") is { } reason) return NoticePages.Problem(StatusCodes.Status403Forbidden, reason);
        var verification = await audit.VerifyAsync(request.Aborted);
        return Results.Content(
            await renderer.RenderAsync<VerificationNotice>(new() { [nameof(VerificationNotice.Result)] = verification, [nameof(VerificationNotice.At)] = time.GetUtcNow() }),
            ConsoleRenderer.Html);
    }

    // Through the gate: who took a copy of the record is recorded too.
    private async Task<IResult> ExportAsync(ConsoleRequest request)
    {
        var post = await request.ReadJsonAsync<ExportPost>();
        var outcome = await permits.InvokeAsync(request.Who, "audit_export", new() { ["since"] = post?.Since, ["format"] = post?.Format }, request.Aborted);
        if (outcome is not { Status: InvocationStatus.Done, Result.DataJson: { } json }) return NoticePages.Problem(StatusCodes.Status409Conflict, outcome.Summary);
        using var data = JsonDocument.Parse(json);
        var content = data.RootElement.GetProperty("content").GetString() ?? "";
        var csv = data.RootElement.GetProperty("format").GetString() == "csv";
        return Results.File(Encoding.UTF8.GetBytes(content), csv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8", csv ? "audit.csv" : "audit.jsonl");
    }
}
