namespace ChatOps.Messages;

/// <summary>A file that came with a message. Everything but <paramref name="Reference"/> is what the sender claims.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Reference">Names the file to its own channel (<see cref="ChatOps.Channels.IChannel.FetchFileAsync"/>). Opaque elsewhere; never holds a secret, so never a signed address.</param>
/// <param name="Name">File name for people; never a path.</param>
/// <param name="MediaType">Such as <c>audio/ogg</c>; null when the platform does not say.</param>
/// <param name="Bytes">Size; null when the platform does not say.</param>
/// <param name="Duration">Playing time of sound; null when the platform does not say.</param>
public sealed record InboundFile(
    InboundFileKind Kind, string Reference, string Name, string? MediaType = null, long? Bytes = null, TimeSpan? Duration = null);
