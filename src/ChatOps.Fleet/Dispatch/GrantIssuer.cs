using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Keys;

namespace ChatOps.Fleet.Dispatch;

/// <summary>Makes orders that a node can check: the exact plan, signed, for one node, once, and for a short time.</summary>
internal sealed class GrantIssuer(KeyPair key, TimeProvider time)
{
    /// <summary>How long after it was made an order may be started.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromSeconds(15);

    /// <summary>Makes the order for a request.</summary>
    /// <param name="request">What the gate lets run.</param>
    /// <param name="nodeKey">Fingerprint of the node's key.</param>
    /// <param name="user">As whom the node's daemon said that it runs; <see langword="null"/> when it did not.</param>
    /// <param name="window">Bytes of output that may come before more is credited.</param>
    public ExecuteFrame Issue(ExecutionRequest request, string nodeKey, string? user, long window)
    {
        var limits = request.Limits;
        var shown = (long)limits.HeadBytes + limits.TailBytes;
        var plan = FrameCodec.Write(new ExecutionPlan(
            request.Id, request.Node, nodeKey, request.Line, request.Program, request.WorkingDirectory, user, (long)Math.Ceiling(request.Timeout.TotalMilliseconds),
            limits.HeadBytes, limits.TailBytes, Math.Max(shown, limits.FileBytes), request.Risk, request.Approval,
            (time.GetUtcNow() + Validity).ToUnixTimeMilliseconds(),
            request.Input is { } input ? new PlanInput(input.SizeBytes, input.Sha256) : null));
        return new ExecuteFrame(plan, key.Sign(SignedText.Grant(plan)), window);
    }
}
