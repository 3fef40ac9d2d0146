using System.Text;
using ChatOps.Audit;
using ChatOps.Host.Http;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Api;

/// <summary>
/// <c>GET /api/audit/export</c>: the export that is too long for a tool's answer, as a stream. The tool itself passes the gate first, so it is allowed,
/// judged and recorded like every other use of it; only the body goes another way.
/// </summary>
internal sealed class AuditExportApi(IToolInvoker invoker, IIdGenerator ids, OnBehalfRecord onBehalf, IAuditLog log, TimeProvider time)
{
    private const string Tool = "audit_export";

    /// <summary>Answers.</summary>
    public async Task<IResult> ExportAsync(HttpContext context)
    {
        var caller = ApiCaller.Of(context);
        var since = context.Request.Query["since"].ToString();
        var format = context.Request.Query["format"].ToString() is { Length: > 0 } given ? given : "jsonl";
        if (!ArgumentText.TryDuration(since, out var back))
            return ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_arguments", "'since' must be a duration such as 24h or 30d.");
        var request = new InvocationRequest(
            ids.NewId(), caller.Actor, Tool, new Dictionary<string, string> { ["since"] = since, ["format"] = format, ["stream"] = "true" }, caller.Source) { IsNew = true };
        await onBehalf.WriteAsync(caller, request, context.RequestAborted);
        var outcome = await invoker.InvokeAsync(request, NoProgress.Instance, context.RequestAborted);
        return outcome.Status == InvocationStatus.Done
            ? new Export(log, time.GetUtcNow() - back, format == "csv" ? AuditExportFormat.Csv : AuditExportFormat.JsonLines)
            : ApiProblem.Result(StatusOf(outcome), ToolJson.SnakeCase(outcome.Status == InvocationStatus.Waiting ? "Waiting" : outcome.Failure.ToString()), outcome.Summary, outcome.RetryAfter);
    }

    // There is no body but the export, so what is not allowed, or waits, is an error here.
    private static int StatusOf(InvocationOutcome outcome) => (outcome.Failure, ToolsApi.StatusOf(outcome)) switch
    {
        (FailureCode.NotAllowed, _) => StatusCodes.Status403Forbidden,
        (_, StatusCodes.Status200OK) => StatusCodes.Status409Conflict,
        (_, var status) => status,
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
