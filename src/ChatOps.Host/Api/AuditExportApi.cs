using System.Text;
using ChatOps.Audit;
using ChatOps.Host.Http;
using ChatOps.Identity;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Api;

/// <summary>
/// <c>GET /api/audit/export</c>: the export that is too long for a tool's answer, as a stream. It demands what the tool demands and is recorded as
/// the tool is: no record, no export.
/// </summary>
internal sealed class AuditExportApi(IAuthorizer authorizer, IStore store, IAuditWriter writer, IAuditLog log, TimeProvider time)
{
    private const string Tool = "audit_export";
    private const string Group = "audit";

    /// <summary>Answers.</summary>
    public async Task<IResult> ExportAsync(HttpContext context)
    {
        var caller = ApiCaller.Of(context);
        var since = context.Request.Query["since"].ToString();
        var format = context.Request.Query["format"].ToString() is { Length: > 0 } given ? given : "jsonl";
        if (!ArgumentText.TryDuration(since, out var back))
            return ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_arguments", "'since' must be a duration such as 24h or 30d.");
        if (format is not ("jsonl" or "csv"))
            return ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_arguments", "'format' must be jsonl or csv.");
        var decision = authorizer.Decide(caller.Principal, Tool, Group, []);
        await store.WriteAsync(session => writer.Append(session, Record(caller, decision, since, format)), context.RequestAborted);
        return decision.Allowed
            ? new Export(log, time.GetUtcNow() - back, format == "csv" ? AuditExportFormat.Csv : AuditExportFormat.JsonLines)
            : ApiProblem.Result(StatusCodes.Status403Forbidden, "not_allowed", decision.Reason);
    }

    private static AuditEntry Record(ApiCaller caller, AccessDecision decision, string since, string format) =>
        new(decision.Allowed ? AuditKind.Intent : AuditKind.Refusal, $"Export audit records of the last {since} as {format}")
        {
            Principal = caller.Principal.Id,
            ActorKey = caller.Actor.Key,
            Tool = Tool,
            Rule = decision.Rule?.ToString(),
            Outcome = decision.Allowed ? "streamed" : "refused",
            Detail = new Dictionary<string, string> { ["since"] = since, ["format"] = format },
        };

    private sealed class Export(IAuditLog log, DateTimeOffset since, AuditExportFormat format) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var csv = format == AuditExportFormat.Csv;
            httpContext.Response.ContentType = csv ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8";
            httpContext.Response.Headers.CacheControl = "no-store";
            httpContext.Response.Headers.XContentTypeOptions = "nosniff";
            httpContext.Response.Headers.ContentDisposition = csv ? "attachment; filename=audit.csv" : "attachment; filename=audit.jsonl";
            await using var output = new StreamWriter(httpContext.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            await log.ExportAsync(output, since, format, httpContext.RequestAborted);
            await output.FlushAsync(httpContext.RequestAborted);
        }
    }
}
