using System.Diagnostics;

namespace ChatOps.EndToEnd.Harness;

/// <summary>Waits for a condition, with a limit.</summary>
internal static class Until
{
    /// <summary>Generous, because it is used up only by a test that fails.</summary>
    public static readonly TimeSpan Limit = Testing.Until.Limit;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(25);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what, TimeSpan? limit = null)
    {
        var watch = Stopwatch.StartNew();
        while (!await condition())
        {
            if (watch.Elapsed > (limit ?? Limit)) throw new TimeoutException(what());
            await Task.Delay(Poll);
        }
    }
}
