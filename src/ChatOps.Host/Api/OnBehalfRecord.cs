using ChatOps.Audit;
using ChatOps.Host.Http;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Host.Api;

/// <summary>The gate records the person acted as; this keeps the one who really asked, before anything happens.</summary>
internal sealed class OnBehalfRecord(IStore store, IAuditWriter audit)
{
    /// <summary>Records the use of a tool; nothing when the caller asks as itself.</summary>
    public Task WriteAsync(ApiCaller caller, InvocationRequest request, CancellationToken cancellationToken) =>
        WriteAsync(caller, request.Tool, request, cancellationToken);

    /// <summary>Records a message in a conversation; what it leads to is recorded as the person acted as.</summary>
    public Task WriteAsync(ApiCaller caller, string conversation, CancellationToken cancellationToken) =>
        WriteAsync(caller, $"a message in {conversation}", null, cancellationToken);

    /// <summary>Records that what was said in a conversation is read.</summary>
    public Task WriteReadingAsync(ApiCaller caller, string conversation, CancellationToken cancellationToken) =>
        WriteAsync(caller, $"reads {conversation}", null, cancellationToken);

    private async Task WriteAsync(ApiCaller caller, string what, InvocationRequest? request, CancellationToken cancellationToken)
    {
        if (caller.OnBehalfBy is not { } owner) return;
        await store.WriteAsync(session => audit.Append(session, new AuditEntry(AuditKind.SignIn, $"{owner} acts as {caller.Principal.Id}: {what}.")
        {
            Principal = owner,
            ActorKey = $"cli:{owner}",
            InvocationId = request?.Id,
            Tool = request?.Tool,
            Outcome = "acts as",
            Detail = new Dictionary<string, string> { ["as"] = caller.Principal.Id },
        }), cancellationToken);
    }
}
