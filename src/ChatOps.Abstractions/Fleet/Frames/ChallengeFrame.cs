namespace ChatOps.Fleet.Frames;

/// <summary>Gateway → node: its proof, and what the node has to sign.</summary>
/// <param name="Protocol">The protocol that is spoken from now on.</param>
/// <param name="Nonce">Random; the node signs it.</param>
/// <param name="Key">The gateway's public key.</param>
/// <param name="Time">The gateway's time in Unix milliseconds; the node judges the age of grants by it, so that its own clock does not matter.</param>
/// <param name="Signature">Over <see cref="Keys.SignedText.Relay"/>.</param>
public sealed record ChallengeFrame(int Protocol, byte[] Nonce, byte[] Key, long Time, byte[] Signature) : Frame;
