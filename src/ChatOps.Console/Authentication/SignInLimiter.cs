namespace ChatOps.Console.Authentication;

/// <summary>Counts failed sign-ins per address and in all, in fixed windows. Nothing a client sends switches it off.</summary>
internal sealed class SignInLimiter(TimeProvider time, ConsoleOptions options)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> failures = [];
    private DateTimeOffset windowEnds;
    private int inAll;

    /// <summary>Whether this address may try now.</summary>
    public bool MayTry(string address)
    {
        lock (gate)
        {
            Turn();
            return inAll < options.SignInFailuresInAll && failures.GetValueOrDefault(address) < options.SignInFailures;
        }
    }

    public void Failed(string address)
    {
        lock (gate)
        {
            Turn();
            inAll++;
            // The number of addresses is bounded by the limit in all: an address is only added with a counted failure.
            failures[address] = failures.GetValueOrDefault(address) + 1;
        }
    }

    private void Turn()
    {
        var now = time.GetUtcNow();
        if (now < windowEnds) return;
        windowEnds = now + options.SignInWindow;
        inAll = 0;
        failures.Clear();
    }
}
