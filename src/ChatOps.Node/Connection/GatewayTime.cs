namespace ChatOps.Node.Connection;

/// <summary>
/// The gateway's time as it signed it at the connection's begin, carried on by this machine's steady clock. As late as it can be: as if it had been signed when it was asked for, so that nothing is started
/// when the gateway knows already that its time is over. What the answer took on its way is taken from the time that an order has to arrive.
/// </summary>
/// <param name="unixMilliseconds">What it signed.</param>
/// <param name="asked">When it was asked for it, a timestamp of <paramref name="time"/>.</param>
/// <param name="time">The clock.</param>
internal sealed class GatewayTime(long unixMilliseconds, long asked, TimeProvider time)
{
    /// <summary>Unix milliseconds now.</summary>
    public long Now => unixMilliseconds + (long)time.GetElapsedTime(asked).TotalMilliseconds;
}
