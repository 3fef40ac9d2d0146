namespace ChatOps.Messages;

/// <summary>Event: nothing passing of a message is shown any more by the gateway that was asked to end it.</summary>
/// <param name="Gateway">Who asked.</param>
/// <param name="From">Who has ended it.</param>
/// <param name="Number">The <see cref="PassingState.Number"/> of what asked.</param>
public sealed record PassingEnded(string Gateway, string From, long Number) : IForGateway;
