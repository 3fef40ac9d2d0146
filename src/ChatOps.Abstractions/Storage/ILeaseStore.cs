namespace ChatOps.Storage;

/// <summary>What only one gateway of a store does at a time, such as asking a platform for its updates.</summary>
public interface ILeaseStore
{
    /// <summary>How far the clocks of two gateways of one store may be apart. A lease that ends later than that would allow was taken before the clock was put back.</summary>
    static readonly TimeSpan MaxClockDifference = TimeSpan.FromMinutes(5);

    /// <summary>Takes a lease that is free, has run out, or ends later than any lease can (see <see cref="MaxClockDifference"/>).</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="holder">Who takes it.</param>
    /// <param name="now">The time.</param>
    /// <param name="duration">How long it holds unless it is renewed.</param>
    /// <returns>A fencing token, higher at every taking; null when it is held.</returns>
    long? TryTake(string name, string holder, DateTimeOffset now, TimeSpan duration);

    /// <summary>Prolongs a lease; false when it has run out or the token is not the current one any more.</summary>
    bool Renew(string name, long token, DateTimeOffset now, TimeSpan duration);

    /// <summary>Whether the token holds now: what is done under a lease asks this right before it.</summary>
    bool Holds(string name, long token, DateTimeOffset now);

    /// <summary>Whether somebody holds it now, so that <see cref="TryTake"/> would be in vain.</summary>
    bool IsHeld(string name, DateTimeOffset now, TimeSpan duration);

    /// <summary>Gives a lease back; nothing happens when the token is not the current one.</summary>
    void Release(string name, long token);

    /// <summary>Removes a lease whose name is never used again, so that its row does not stay; nothing happens when the token is not the current one.</summary>
    void Forget(string name, long token);

    /// <summary>Ends the leases of every holder but this one: a process that is alone with its store knows that the others are dead.</summary>
    /// <returns>How many.</returns>
    int ReleaseOthers(string holder);
}
