using ChatOps.Fleet.Frames;
using ChatOps.Fleet.Keys;
using ChatOps.Node.Execution;
using ChatOps.Policy;

namespace ChatOps.Node.Grants;

/// <summary>
/// Decides whether an order is one that the gateway signed for this node and for now. A relay connection alone, however it was come by, runs
/// nothing. That a grant is used once is the register's business: its id is the execution's.
/// </summary>
internal sealed class GrantVerifier(PublicKey gateway, string node, string nodeKey, string user)
{
    /// <summary>Longest validity. Records of executions are kept longer, so that no grant outlives the memory of its use.</summary>
    public static readonly TimeSpan MaxValidity = TimeSpan.FromMinutes(10);

    private const long MaxTimeoutMilliseconds = 24L * 60 * 60 * 1000;
    private const int MaxShownBytes = 128 * 1024;
    private const long MaxStreamBytes = 1L << 32;

    /// <summary>Checks an order.</summary>
    /// <param name="frame">The order.</param>
    /// <param name="now">The gateway's time in Unix milliseconds, as far as this node knows it.</param>
    /// <param name="plan">The plan; set whenever it can be read and is signed, so that a refusal can name its id.</param>
    /// <returns>Why it is refused, for people; <see langword="null"/> when it may run as far as the grant goes.</returns>
    public string? Refusal(ExecuteFrame frame, long now, out ExecutionPlan? plan)
    {
        plan = null;
        if (!gateway.Verifies(SignedText.Grant(frame.Plan), frame.Signature)) return "The order is not signed by the gateway that this node joined.";
        plan = FrameCodec.ReadPlan(frame.Plan);
        if (plan is null) return "The gateway's order is not one that this version of the node understands; bring the node up to date.";
        return plan.Node != node || plan.NodeKey != nodeKey ? "The order is for another node."
            : now > plan.NotAfter ? "The order came too late: its time to start was over."
            : plan.NotAfter - now > (long)MaxValidity.TotalMilliseconds ? "The order is valid for longer than this node accepts."
            : plan.User is not null && plan.User != user ? $"The order is for the user {plan.User}, and this node's daemon runs as {user}."
            : !ExecutionRegister.IsValid(plan.Id) ? "The order's id is not valid."
            : plan.TimeoutMilliseconds is <= 0 or > MaxTimeoutMilliseconds ? "The order's timeout is not between 1 ms and 24 h."
            : plan.HeadBytes < 0 || plan.TailBytes < 0 || (long)plan.HeadBytes + plan.TailBytes > MaxShownBytes || plan.StreamBytes is < 0 or > MaxStreamBytes
                ? "The order asks for more output than this node keeps."
            : plan.Risk is not (Risk.Read or Risk.Change or Risk.Dangerous) ? "The order's risk is none that may run."
            : null;
    }
}
