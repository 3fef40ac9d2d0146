namespace ChatOps.Channels;

/// <summary>What only one of the gateways of a store does at a time: polling with a bot's token, holding a platform's gateway connection.</summary>
public interface ILeadership
{
    /// <summary>
    /// Waits until this gateway leads, does <paramref name="work"/>, and gives the lead back. When the lead is lost, <paramref name="work"/> is cancelled, and begun again when this gateway leads again.
    /// </summary>
    /// <param name="name">What is led.</param>
    /// <param name="waits">Called each time that another gateway turns out to lead.</param>
    /// <param name="work">What is done; its token is cancelled when the lead is lost.</param>
    /// <param name="cancellationToken">Ends it all.</param>
    Task RunAsync(string name, Action waits, Func<ILead, CancellationToken, Task> work, CancellationToken cancellationToken);
}
