namespace ChatOps.Messages;

/// <summary>
/// Command: show a passing state of a message, from the gateway that works on it to the one that speaks with its channel, or where people read it. It may be lost; one that is overtaken by a newer one, or by
/// what lasts, is not shown.
/// </summary>
/// <param name="Gateway">Who shows it.</param>
/// <param name="From">Who works on it.</param>
/// <param name="Message">The message.</param>
/// <param name="Conversation">Where it stands.</param>
/// <param name="Number">Rises with everything that <paramref name="From"/> sends of this kind.</param>
/// <param name="Version">When the message got its last lasting state that <paramref name="From"/> knew of, in ticks: once the store has a newer one this one is of the past.</param>
/// <param name="Content">The <see cref="RichMessage"/> as the store writes one; null at the end: nothing passing of it is to be shown any more, and <see cref="PassingEnded"/> answers once that is so.</param>
public sealed record PassingState(string Gateway, string From, string Message, string Conversation, long Number, long Version = 0, string? Content = null) : IForGateway
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    TimeSpan? IForGateway.Lifetime => Lifetime;
}
