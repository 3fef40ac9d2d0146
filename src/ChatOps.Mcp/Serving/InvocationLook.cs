using System.Text.Json;
using ChatOps.Identity;
using ChatOps.Storage;
using ChatOps.Tools;
using ModelContextProtocol.Protocol;

namespace ChatOps.Mcp.Serving;

/// <summary>
/// The tool <c>invocation</c>: what became of a call that waited. It only looks, at the caller's own calls and, for who may read the audit, at others'; it is what
/// GET /api/invocations/{id} is for programs, and decides nothing.
/// </summary>
internal sealed class InvocationLook(IToolInvoker invoker, IPrincipals principals, IAuthorizer authorizer, IStore store, ToolOffer offer, TimeProvider time)
{
    /// <summary>Its name.</summary>
    public const string Name = "invocation";

    private const string Unknown = "There is no such invocation of yours.";
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(50);

    private static readonly ToolManifest Manifest = new(Name, "mcp", "What became of an earlier call: waiting, running, or how it ended, with its result. Give 'wait' to be answered as soon as it ends.", [Name],
    [
        new("id", ParameterKind.Text, "The invocation's id.", Required: true),
        new("wait", ParameterKind.Duration, "How long to wait for its end, at most 50s.", Default: "30s"),
    ])
    {
        Recorded = false,
    };

    /// <summary>Its definition.</summary>
    public static Tool Definition { get; } = ToolOffer.Describe(Manifest);

    /// <summary>Looks.</summary>
    public async Task<CallToolResult> AnswerAsync(McpSession session, CallToolRequestParams call, CancellationToken cancellationToken)
    {
        if (!CallArguments.TryRead(Manifest, JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, JsonElement>()), out var values, out var problem)
            || !ToolArguments.TryBind(Manifest, values, out var arguments, out problem)) return McpAnswer.Problem(problem);
        var id = arguments.Required("id");
        var row = await store.ReadAsync(s => s.Invocations.Find(id), cancellationToken);
        if (row is null || principals.Resolve(session.Caller.Actor) is not { } principal || (row.Principal != principal.Id && !authorizer.CouldUse(principal, "audit_show", "audit")))
            return McpAnswer.Problem(Unknown);
        var wait = arguments.Duration("wait")!.Value;
        using var limit = new CancellationTokenSource(wait < MaxWait ? wait : MaxWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        return await invoker.WaitAsync(id, either.Token) is { } outcome ? McpCalls.Answer(session, offer.Find(row.Tool), outcome) : McpAnswer.Problem(Unknown);
    }
}
