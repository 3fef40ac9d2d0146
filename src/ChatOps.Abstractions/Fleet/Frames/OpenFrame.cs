namespace ChatOps.Fleet.Frames;

/// <summary>Node → gateway, first: asks the gateway to prove itself.</summary>
/// <param name="Protocol">The newest protocol that the node speaks.</param>
/// <param name="Nonce">Random; the gateway signs it.</param>
public sealed record OpenFrame(int Protocol, byte[] Nonce) : Frame;
