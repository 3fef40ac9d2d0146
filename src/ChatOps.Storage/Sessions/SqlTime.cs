namespace ChatOps.Storage.Sessions;

/// <summary>Times as whole numbers: 100 ns since 1970, UTC. Exact, and <c>datetime(x/10000000,'unixepoch')</c> reads it in a shell.</summary>
internal static class SqlTime
{
    /// <summary>To the column.</summary>
    public static long Write(DateTimeOffset time) => time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;

    /// <summary>From the column.</summary>
    public static DateTimeOffset Read(long value) => new(value + DateTimeOffset.UnixEpoch.Ticks, TimeSpan.Zero);
}
