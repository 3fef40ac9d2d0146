namespace ChatOps.Storage;

/// <summary>A group that is admitted, or in which somebody asked.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Chat">The platform's chat id.</param>
/// <param name="Name">For people.</param>
/// <param name="Admitted">Whether it is admitted.</param>
/// <param name="DecidedBy">The principal who admitted it.</param>
/// <param name="At">When it was admitted, or when it was last answered there that it is not.</param>
public sealed record GroupRow(string Channel, string Chat, string Name, bool Admitted, string? DecidedBy, DateTimeOffset At);
