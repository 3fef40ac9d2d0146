namespace ChatOps.Channels;

/// <summary>
/// The platform has said something that no retry mends: a revoked token, a missing intent. Thrown by <see cref="IChannel.RunAsync"/>; said once, and the channel rests
/// until one of <see cref="Secrets"/> changes or the gateway is started again.
/// </summary>
public sealed class ChannelFatalException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="reason">What happened, for people; no secret in it.</param>
    /// <param name="remedy">What to do.</param>
    public ChannelFatalException(string reason, string remedy) : base($"{reason.TrimEnd('.')}. {remedy}") => (Reason, Remedy) = (reason, remedy);

    /// <summary>What happened.</summary>
    public string Reason { get; }

    /// <summary>What to do.</summary>
    public string Remedy { get; }

    /// <summary>A change of any of them lets the channel start again.</summary>
    public IReadOnlyList<ChannelSecret> Secrets { get; init; } = [];
}
