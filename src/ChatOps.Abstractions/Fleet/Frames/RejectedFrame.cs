namespace ChatOps.Fleet.Frames;

/// <summary>Node → gateway: refused by the node's policy or by its check of the grant; nothing was started.</summary>
/// <param name="Id">The execution.</param>
/// <param name="Reason">For people.</param>
public sealed record RejectedFrame(string Id, string Reason) : Frame;
