using ChatOps.Configuration;
using ChatOps.Host.Http;
using ChatOps.Identity;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Api;

/// <summary><c>/api/tools</c>: what the caller may use, and the way through the gate.</summary>
internal sealed class ToolsApi(IToolInvoker invoker, IToolCatalogue catalogue, IAuthorizer authorizer, IIdGenerator ids, OnBehalfRecord onBehalf)
{
    /// <summary><c>GET /api/tools</c>.</summary>
    public IResult List(HttpContext context)
    {
        var principal = ApiCaller.Of(context).Principal;
        var usable = catalogue.All.Where(m => m.ForEverybody || authorizer.CouldUse(principal, m.Name, m.Group)).ToList();
        return new JsonAnswer(writer =>
        {
            writer.WriteStartArray();
            foreach (var manifest in usable) ToolJson.Write(writer, manifest);
            writer.WriteEndArray();
        });
    }

    /// <summary><c>POST /api/tools/{name}</c>.</summary>
    public async Task<IResult> InvokeAsync(HttpContext context)
    {
        var name = (string)context.Request.RouteValues["name"]!;
        var caller = ApiCaller.Of(context);
        if (catalogue.Find(name) is not { } manifest)
        {
            var near = NearestName.Of(name, catalogue.All.Select(m => m.Name));
            return ApiProblem.Result(StatusCodes.Status404NotFound, "unknown_tool", $"There is no tool '{Shown(name)}'" + (near is null ? "." : $"; did you mean '{near}'?"));
        }

        if (caller.WhyNot(manifest.Group) is { } reason) return ApiProblem.Result(StatusCodes.Status403Forbidden, "not_as_somebody_else", reason);
        if (!ToolCallBody.TryRead(await RequestBody.ReadAsync(context), manifest, out var body, out var problem))
            return ApiProblem.Result(StatusCodes.Status400BadRequest, "bad_json", problem);

        var request = new InvocationRequest(ids.NewId(), caller.Actor, name, body.Arguments, caller.Source)
        {
            IdempotencyKey = body.IdempotencyKey, Why = body.Why, IsNew = true,
        };
        await onBehalf.WriteAsync(caller, request, context.RequestAborted);
        return context.Request.Query["stream"] == "true"
            ? new StreamedOutcome((progress, stop) => invoker.InvokeAsync(request, progress, stop))
            : await AnswerAsync(request, context.RequestAborted);
    }

    /// <summary>The HTTP status of an outcome: the gate's word is in the body, so only what the caller did wrong or too often, or the store cannot do, is an error.</summary>
    public static int StatusOf(InvocationOutcome outcome) => outcome.Failure switch
    {
        FailureCode.BadArguments => StatusCodes.Status400BadRequest,
        FailureCode.UnknownTool => StatusCodes.Status404NotFound,
        FailureCode.TooManyCalls => StatusCodes.Status429TooManyRequests,
        FailureCode.StoreUnavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status200OK,
    };

    /// <summary>An outcome that is an error.</summary>
    public static IResult Problem(InvocationOutcome outcome) => ApiProblem.Result(StatusOf(outcome), ToolJson.SnakeCase(outcome.Failure.ToString()), outcome.Summary, outcome.RetryAfter);

    private async Task<IResult> AnswerAsync(InvocationRequest request, CancellationToken cancellationToken)
    {
        var outcome = await invoker.InvokeAsync(request, NoProgress.Instance, cancellationToken);
        return StatusOf(outcome) == StatusCodes.Status200OK ? new JsonAnswer(writer => OutcomeJson.Write(writer, outcome)) : Problem(outcome);
    }

    private static string Shown(string name) => name.Length <= 40 ? name : name[..40] + "…";
}
