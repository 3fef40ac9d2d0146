namespace ChatOps.Fleet.Frames;

/// <summary>Gateway → node: go on with an execution, or say how it ended. Never starts one.</summary>
/// <param name="Id">The execution.</param>
/// <param name="Offset">Bytes of output that the gateway has.</param>
/// <param name="Window">Bytes that may be sent before more is credited.</param>
public sealed record AttachFrame(string Id, long Offset, long Window) : Frame;
