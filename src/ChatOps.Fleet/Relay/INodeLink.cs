using ChatOps.Fleet.Frames;

namespace ChatOps.Fleet.Relay;

/// <summary>A way to a node: its own connection, or one through the gateway that it is connected to.</summary>
internal interface INodeLink
{
    /// <summary>The node's name.</summary>
    string Name { get; }

    /// <summary>Fingerprint of the key that it proved.</summary>
    string Key { get; }

    /// <summary>Whether it is there, as far as its last answers tell; one that is late with its answer is asked once more.</summary>
    Task<bool> IsThereAsync(TimeSpan beat, CancellationToken cancellationToken);

    /// <summary>Sends a frame.</summary>
    /// <returns>Whether it was taken; that says nothing about its arrival.</returns>
    Task<bool> SendAsync(Frame frame);

    /// <summary>Sends a piece of an execution's input with its header.</summary>
    /// <returns>Whether it was taken.</returns>
    Task<bool> SendOutputAsync(ReadOnlyMemory<byte> message);

    /// <summary>Ends it at once.</summary>
    void Abort();
}
