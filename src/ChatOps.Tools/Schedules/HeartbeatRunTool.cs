using ChatOps.Schedules;

namespace ChatOps.Tools.Schedules;

/// <summary>Lets the heartbeat look now. It runs as the gateway's owner, so others are asked when somebody else wants it.</summary>
internal sealed partial class HeartbeatRunTool(ISchedules schedules, IHeartbeat heartbeat) : ITool
{
    public ToolManifest Manifest => Definition;

    public async ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var owner = (await schedules.FindAsync(IHeartbeat.ScheduleName, cancellationToken))?.Schedule.Owner;
        var assessment = await ToolRisk.Change("heartbeat.run", "The agent looks after its tasks at once, with its owner's rights.", "Let the heartbeat look now", "heartbeat run");
        return assessment with { NeverAsks = call.Typed && (owner is null || owner == call.Principal.Id) };
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        if (heartbeat.Look().WhyNot is { } why) return ToolAnswer.Failed(FailureCode.BadArguments, $"The heartbeat has nothing to do: {why}");
        return await schedules.RunNowAsync(IHeartbeat.ScheduleName, cancellationToken) is { } run
            ? ToolAnswer.Done("The heartbeat looks now. It speaks only when there is something to say; 'heartbeat show' has what came of it.", new { run = run.Id })
            : ToolAnswer.Failed(FailureCode.NotFound, "The heartbeat is not set up yet; a gateway that runs makes it within seconds.");
    }
}
