namespace ChatOps.Fleet.Frames;

/// <summary>Node → gateway: who it is, and its proof. Nothing in it is a right: those are looked up by the key.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Key">Its public key.</param>
/// <param name="Generation">The counter that the gateway gave it last; 0 before it joined.</param>
/// <param name="Instance">Random for every start of the daemon: tells a reconnect from a second machine with the same key.</param>
/// <param name="Signature">Over <see cref="Keys.SignedText.Hello"/>.</param>
/// <param name="Token">The join token, while it has not joined.</param>
/// <param name="Version">The daemon's version.</param>
/// <param name="Labels">Labels that it would like at its join; those of the token win.</param>
/// <param name="Facts">About the machine, for display.</param>
public sealed record HelloFrame(
    string Name,
    byte[] Key,
    long Generation,
    string Instance,
    byte[] Signature,
    string? Token = null,
    string Version = "",
    IReadOnlyDictionary<string, string>? Labels = null,
    IReadOnlyDictionary<string, string>? Facts = null) : Frame;
