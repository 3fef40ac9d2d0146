using ChatOps.Fleet.Dispatch;
using ChatOps.Fleet.Far;
using ChatOps.Fleet.Frames;
using ChatOps.Gateways;

namespace ChatOps.Fleet.Relay;

/// <summary>Brings what a node says over its connection to whoever follows the execution: this gateway, or another one.</summary>
internal sealed class NodeFrames(RemoteExecutions executions, GuestLinks guests, IGateways gateways)
{
    /// <summary>Takes a piece of output.</summary>
    public async Task OutputAsync(NodeSession session, OutputChunk chunk)
    {
        if (executions.Find(session, chunk.Id) is null && await guests.PassAsync(session, chunk)) return;
        await executions.OutputAsync(session, chunk);
    }

    /// <summary>Takes a frame about an execution.</summary>
    /// <returns>Whether it is one.</returns>
    public async Task<bool> TakeAsync(NodeSession session, Frame frame)
    {
        if (RemoteExecutions.ExecutionOf(frame) is not { } execution) return false;
        var isOwn = executions.Find(session, execution) is not null;
        if (!isOwn && await guests.PassAsync(session, execution, frame)) return true;

        // What another gateway asked for is kept by the node for whoever takes that one's work over.
        if (isOwn || gateways.IsAlone) await executions.TakeAsync(session, frame);
        return true;
    }

    /// <summary>One beat of the node's connection.</summary>
    public Task BeatAsync(NodeSession session) => executions.AskAgainAsync(session);

    /// <summary>The connection has ended.</summary>
    public void Lost(NodeSession session) => guests.Lost(session);
}
