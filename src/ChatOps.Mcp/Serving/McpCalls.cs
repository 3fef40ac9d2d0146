using System.Text.Json;
using ChatOps.Configuration;
using ChatOps.Tools;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ChatOps.Mcp.Serving;

/// <summary>Takes a client's call through the gate. Whatever is wrong with a call, its answer says so.</summary>
internal sealed class McpCalls(IToolInvoker invoker, ToolOffer offer, McpOptions options, IHostApplicationLifetime life, IIdGenerator ids, TimeProvider time)
{
    /// <summary>Calls a tool; answers when it has ended, or when people take longer than the client wants to wait.</summary>
    public async Task<CallToolResult> CallAsync(McpSession session, CallToolRequestParams call, McpServer server, CancellationToken cancellationToken)
    {
        if (!session.TryCall(out var place)) return McpAnswer.Problem($"Not called: {McpBounds.CallsAtOnce} calls of this session run already. Wait for one of them.");
        using (place)
        {
            if (Problem(call, out var manifest, out var values) is { } problem) return McpAnswer.Problem(problem);
            var request = new InvocationRequest(ids.NewId(), session.Caller.Actor, call.Name, values!, InvocationRequest.Mcp)
            {
                Conversation = options.ConversationKey,
                TaintedBy = session.TaintedBy,
                IsNew = true,
            };
            await using var progress = new McpProgress(call.ProgressToken, server, time);
            var outcome = await invoker.InvokeAsync(request, progress, cancellationToken);
            if (outcome.Status is InvocationStatus.Waiting) outcome = await WaitAsync(session, outcome, progress, cancellationToken);
            return Answer(session, manifest!, outcome);
        }
    }

    /// <summary>An outcome for the client; what it holds of outside text is noted.</summary>
    public static CallToolResult Answer(McpSession session, ToolManifest? manifest, InvocationOutcome outcome)
    {
        if (outcome.Result is not null && manifest?.ReadsOutside != false) session.Taint(outcome.Title is { Length: > 0 } title ? title.ReplaceLineEndings(" ") : manifest?.Name ?? "an earlier invocation");
        return McpAnswer.Of(outcome);
    }

    private string? Problem(CallToolRequestParams call, out ToolManifest? manifest, out IReadOnlyDictionary<string, string>? values)
    {
        values = null;
        manifest = offer.Find(call.Name);
        if (manifest is null)
        {
            var near = NearestName.Of(call.Name, offer.Names);
            return $"There is no tool '{(call.Name.Length <= 40 ? call.Name : call.Name[..40] + "…")}'. Nothing was called." + (near is null ? "" : $" Did you mean '{near}'?");
        }

        if (!ToolOffer.IsOffered(manifest)) return $"{manifest.Name} is a person's own decision and cannot be called from here. Nothing ran. A person can do it: chatops {manifest.Commands[0]}";
        return CallArguments.TryRead(manifest, JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, JsonElement>()), out values, out var problem) ? null : $"Nothing was called. {problem}";
    }

    private async Task<InvocationOutcome> WaitAsync(McpSession session, InvocationOutcome waiting, McpProgress progress, CancellationToken cancellationToken)
    {
        if (session.Wait == TimeSpan.Zero) return waiting;
        progress.Repeat(waiting.Summary);
        using var limit = new CancellationTokenSource(session.Wait, time);
        // What people have not decided when the gateway stops waits on in the store, and not here.
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, life.ApplicationStopping, cancellationToken);
        var outcome = await invoker.WaitAsync(waiting.InvocationId, progress, either.Token) ?? waiting;
        // A client that goes away leaves it to people, as a closed terminal does; one that cancels wants it stopped.
        if (cancellationToken.IsCancellationRequested && !session.Ending.IsCancellationRequested && outcome.Status is InvocationStatus.Waiting or InvocationStatus.Running)
            await invoker.StopInvocationAsync(waiting.InvocationId, session.Caller.Principal, CancellationToken.None);
        return outcome.Status == InvocationStatus.Waiting ? waiting : outcome;
    }
}
