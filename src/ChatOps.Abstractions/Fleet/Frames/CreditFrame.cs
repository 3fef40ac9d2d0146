namespace ChatOps.Fleet.Frames;

/// <summary>Gateway → node: so many more bytes of output may be sent.</summary>
/// <param name="Id">The execution.</param>
/// <param name="Bytes">How many.</param>
public sealed record CreditFrame(string Id, long Bytes) : Frame;
