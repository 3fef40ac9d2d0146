namespace ChatOps.Node.Connection;

/// <summary>The gateway's time as it signed it at the connection's begin, carried on by this machine's steady clock.</summary>
internal sealed class GatewayTime(long unixMilliseconds, TimeProvider time)
{
    private readonly long started = time.GetTimestamp();

    /// <summary>Unix milliseconds now.</summary>
    public long Now => unixMilliseconds + (long)time.GetElapsedTime(started).TotalMilliseconds;
}
