namespace ChatOps.Fleet.Frames;

/// <summary>Gateway → node: run this. Everything that decides what runs stands in the signed plan and nowhere else.</summary>
/// <param name="Plan">An <see cref="ExecutionPlan"/> in JSON, byte for byte as signed.</param>
/// <param name="Signature">The gateway's, over <see cref="Keys.SignedText.Grant"/>.</param>
/// <param name="Window">Bytes of output that may be sent before more is credited.</param>
public sealed record ExecuteFrame(byte[] Plan, byte[] Signature, long Window) : Frame;
