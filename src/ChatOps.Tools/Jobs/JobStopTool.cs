using ChatOps.Storage;
using ChatOps.Tools.Gate;

namespace ChatOps.Tools.Jobs;

/// <summary>Stops exactly one job. It only takes away, and often must be quick: it never asks.</summary>
internal sealed partial class JobStopTool(IStore store, JobAccess access, InvocationStops stops) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) =>
        ToolRisk.Change("job.stop", "What runs is cancelled.", $"Stop job {call.Arguments.Required("id")}", $"job stop {call.Arguments.Required("id")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var id = call.Arguments.Required("id");
        var (row, may) = await store.ReadAsync(
            session => access.Find(session, id, call.Principal, call.Conversation) is { } found
                ? (found, access.MayStop(session, found, call.Principal, call.Conversation))
                : (null, false),
            cancellationToken);
        if (row is null) return ToolAnswer.Failed(FailureCode.NotFound, $"There is no job '{id}' that you may see.");
        if (!may) return ToolAnswer.Refused(FailureCode.NotAllowed, "You may look at this job, and not stop it: that may who asked for it and who may do the same on all of its nodes.");
        return await stops.StopAsync(id, call.Principal.Id, cancellationToken) is { } title
            ? ToolAnswer.Done($"Stopping: {title}. No further node begins.", new { job = id, stopping = true })
            : ToolAnswer.Done("It has ended already; nothing was stopped.", new { job = id, stopping = false });
    }
}
