using ChatOps.Policy;

namespace ChatOps.Fleet.Frames;

/// <summary>Exactly what may run once on one node. The gateway signs it; the node runs nothing that is not in one.</summary>
/// <param name="Id">The execution; a grant and an id are used together, and once.</param>
/// <param name="Node">The node's name.</param>
/// <param name="NodeKey">Fingerprint of the node's key.</param>
/// <param name="Line">The command line, for records and for the shell.</param>
/// <param name="Program">What runs without a shell; <see langword="null"/> gives the line to the shell.</param>
/// <param name="WorkingDirectory">Absolute path.</param>
/// <param name="User">As whom; <see langword="null"/> is the daemon's own user.</param>
/// <param name="TimeoutMilliseconds">Limit of the whole execution, by the node's clock.</param>
/// <param name="HeadBytes">First bytes of output that the result has.</param>
/// <param name="TailBytes">Last bytes of output that the result has.</param>
/// <param name="StreamBytes">Bytes of output from the beginning that are streamed.</param>
/// <param name="Risk">How risky the gate found it.</param>
/// <param name="Approval">The approval or standing grant that allows it; <see langword="null"/> for none.</param>
/// <param name="NotAfter">Unix milliseconds of the gateway's time after which it may not be started any more.</param>
/// <param name="Input">What its first program reads; <see langword="null"/> is nothing.</param>
public sealed record ExecutionPlan(
    string Id,
    string Node,
    string NodeKey,
    string Line,
    CommandProgram? Program,
    string WorkingDirectory,
    string? User,
    long TimeoutMilliseconds,
    int HeadBytes,
    int TailBytes,
    long StreamBytes,
    Risk Risk,
    string? Approval,
    long NotAfter,
    PlanInput? Input = null);
