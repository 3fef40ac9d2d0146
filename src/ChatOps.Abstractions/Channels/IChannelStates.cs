using ChatOps.Diagnostics;

namespace ChatOps.Channels;

/// <summary>How the channels are, as the one who runs them sees it.</summary>
public interface IChannelStates
{
    /// <summary>How a channel is: running, or stopped with the reason and when it is tried again.</summary>
    /// <param name="channel">The channel's name.</param>
    PartHealth Of(string channel);

    /// <summary>Whether this gateway runs it; otherwise those with the role <c>channels</c> do.</summary>
    bool RunHere(string channel);
}
