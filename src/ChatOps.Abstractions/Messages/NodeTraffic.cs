namespace ChatOps.Messages;

/// <summary>
/// A piece of the conversation between a gateway and a node that is connected to another gateway's relay. Orders in it are signed for the node, which the
/// relay between cannot do; numbers without a gap keep the order, and a gap ends the link.
/// </summary>
/// <param name="Gateway">For whom.</param>
/// <param name="From">The gateway at the other end.</param>
/// <param name="Link">Random; one for each time that a gateway begins to speak with a node in this way.</param>
/// <param name="FromNode">Whether it comes from the relay that the node is connected to; otherwise it goes there.</param>
/// <param name="Node">The node's name.</param>
/// <param name="Generation">Which of the node's connections is meant.</param>
/// <param name="Number">Counts from 0 in each direction of a link.</param>
/// <param name="Control">A frame as it goes over the node's connection; null for none.</param>
/// <param name="Output">A piece of output or input with its header, as it goes over the node's connection; null for none.</param>
/// <param name="Ends">Whether the link is over. Without a frame and without an end it only asks for, or gives, a sign of life.</param>
public sealed record NodeTraffic(
    string Gateway, string From, string Link, bool FromNode, string Node, long Generation, long Number, byte[]? Control = null, byte[]? Output = null, bool Ends = false) : IForGateway;
