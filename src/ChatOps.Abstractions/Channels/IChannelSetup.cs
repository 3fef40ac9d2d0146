namespace ChatOps.Channels;

/// <summary>What a channel needs to be configured, and a check of it against the real service. <c>onboard</c> asks, <c>doctor</c> checks.</summary>
public interface IChannelSetup
{
    /// <summary>The channel's name.</summary>
    string Name { get; }

    /// <summary>The platform's name for people: <c>Telegram</c>.</summary>
    string Title { get; }

    /// <summary>What is asked, in order.</summary>
    IReadOnlyList<ChannelSetupField> Fields { get; }

    /// <summary>Tries the values against the service. Empty when nothing is to be said; expected failures are findings. Bounded in time by the channel.</summary>
    /// <param name="values">Resolved values by <see cref="ChannelSetupField.Key"/>; missing keys have their defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<ChannelFinding>> CheckAsync(IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken);
}
