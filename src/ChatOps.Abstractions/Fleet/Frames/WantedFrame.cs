namespace ChatOps.Fleet.Frames;

/// <summary>
/// Node → gateway: send this much of an execution's input. It comes as binary messages like output, the other way. Only who asks gets: a node that
/// does not know inputs never gets one.
/// </summary>
/// <param name="Id">The execution.</param>
/// <param name="Offset">From where on.</param>
/// <param name="Bytes">How much.</param>
public sealed record WantedFrame(string Id, long Offset, long Bytes) : Frame;
