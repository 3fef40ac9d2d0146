namespace ChatOps.Bus;

/// <summary>Carries messages between those who publish and those who listen.</summary>
internal interface ITransport : IAsyncDisposable
{
    /// <summary>Whether the gateway can do without it: wake-ups then reach what runs in this process, and sweeps find the rest.</summary>
    bool IsOptional { get; }

    /// <summary>How it is, for people; <see langword="null"/> when all is well.</summary>
    string? Trouble { get; }

    /// <summary>Opens it, and listens. Completes when messages are carried.</summary>
    Task StartAsync(IReadOnlyList<Subscription> subscriptions, CancellationToken cancellationToken);

    /// <summary>Hands a message over, without waiting for a handler.</summary>
    /// <param name="message">The message.</param>
    /// <param name="lost">Called when it turns out later that it was not carried.</param>
    /// <param name="cancellationToken">The publisher's.</param>
    /// <returns>Whether it was taken.</returns>
    ValueTask<bool> TrySendAsync<T>(T message, Action lost, CancellationToken cancellationToken) where T : class;
}
