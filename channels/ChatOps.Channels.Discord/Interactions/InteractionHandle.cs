namespace ChatOps.Channels.Discord;

/// <summary>What an interaction's token still allows: to fill in its deferred answer once, and follow-ups that only its user sees. Lives in memory alone, for the token's 15 minutes.</summary>
/// <param name="application">The application.</param>
/// <param name="token">The interaction's token; a secret.</param>
/// <param name="user">Whose interaction.</param>
/// <param name="expires">When the token ends, with some reserve.</param>
/// <param name="command">What was asked, for people; null when nothing is deferred.</param>
internal sealed class InteractionHandle(string application, string token, string user, DateTimeOffset expires, string? command)
{
    private readonly TaskCompletionSource<bool> answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int taken;

    public string Application => application;

    public string Token => token;

    public string User => user;

    public DateTimeOffset Expires => expires;

    public string Command => command ?? "";

    /// <summary>Whether Discord has our first answer; nothing can follow before. Waits a moment for it.</summary>
    public async Task<bool> ArrivedAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            return await answered.Task.WaitAsync(DiscordRest.LookUpDeadline, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>The first answer has been given, or could not be.</summary>
    public void Answer(bool arrived) => answered.TrySetResult(arrived);

    /// <summary>Takes the deferred answer: only one message can be it.</summary>
    public bool TakeAnswer() => command is not null && Interlocked.Exchange(ref taken, 1) == 0;

    /// <summary>It was not used after all.</summary>
    public void GiveBack() => Interlocked.Exchange(ref taken, 0);
}
