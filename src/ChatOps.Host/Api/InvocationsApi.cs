using ChatOps.Host.Http;
using ChatOps.Identity;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Api;

/// <summary><c>/api/invocations/{id}</c> and <c>/api/files/{id}</c>: what became of an invocation, for whoever asked for it and for who may read the audit.</summary>
internal sealed class InvocationsApi(IToolInvoker invoker, IAuthorizer authorizer, IStore store, IOutputFiles files)
{
    /// <summary>The longest a caller may wait for an end in one request.</summary>
    public static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(50);

    private const int MaxIdLength = 64;

    /// <summary><c>GET /api/invocations/{id}?wait=30s&amp;stream=true</c>.</summary>
    public async Task<IResult> FindAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        var wait = TimeSpan.Zero;
        if (context.Request.Query["wait"] is [{ } text] && (!ArgumentText.TryDuration(text, out wait) || wait > MaxWait))
            return ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_arguments", $"'wait' must be a duration of at most {MaxWait.TotalSeconds:0}s.");
        if (!await MaySeeAsync(id, context) || await invoker.FindAsync(id, context.RequestAborted) is not { } outcome) return Unknown();
        if (context.Request.Query["stream"] == "true")
            return new StreamedOutcome(async (progress, stop) => await WaitAsync(id, wait, progress, stop) ?? outcome);
        if (wait > TimeSpan.Zero) outcome = await WaitAsync(id, wait, NoProgress.Instance, context.RequestAborted) ?? outcome;
        return new JsonAnswer(writer => OutcomeJson.Write(writer, outcome));
    }

    /// <summary><c>GET /api/files/{id}</c>: the whole output of an invocation, or of one of its nodes (<c>invocation.node</c>).</summary>
    public async Task<IResult> FileAsync(HttpContext context)
    {
        var id = (string)context.Request.RouteValues["id"]!;
        if (!await MaySeeAsync(id.Split('.', 2)[0], context) || files.Open(id) is not { } stream)
            return ApiProblem.Result(StatusCodes.Status404NotFound, "not_found", "There is no such file; long outputs are kept for a while only.");
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.CacheControl = "no-store";
        return files.IsBinary(id) ? Results.Stream(stream, "application/octet-stream", $"{id}.bin") : Results.Stream(stream, "text/plain; charset=utf-8", $"{id}.txt");
    }

    private async Task<InvocationOutcome?> WaitAsync(string id, TimeSpan wait, IToolProgress progress, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(wait);
        return await invoker.WaitAsync(id, progress, limit.Token);
    }

    // Somebody else's and an unknown one look the same.
    private async Task<bool> MaySeeAsync(string id, HttpContext context)
    {
        if (id.Length > MaxIdLength) return false;
        var row = await store.ReadAsync(session => session.Invocations.Find(id), context.RequestAborted);
        var principal = ApiCaller.Of(context).Principal;
        return row is not null && (row.Principal == principal.Id || authorizer.CouldUse(principal, "audit_show", "audit"));
    }

    private static IResult Unknown() => ApiProblem.Result(StatusCodes.Status404NotFound, "not_found", "There is no such invocation.");
}
