using System.Diagnostics;

namespace ChatOps.EndToEnd.Harness;

/// <summary>Waits for a condition, with a limit.</summary>
internal static class Until
{
    /// <summary>Generous, because it is used up only by a test that fails.</summary>
    public static readonly TimeSpan Limit = Testing.Until.Limit;

    // Each look asks a gateway: often at first, then less, so that the waiting does not slow down what is waited for.
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(25), Longest = TimeSpan.FromMilliseconds(200);

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> what, TimeSpan? limit = null)
    {
        var watch = Stopwatch.StartNew();
        for (var pause = First; !await condition(); pause = pause * 1.5 < Longest ? pause * 1.5 : Longest)
        {
            if (watch.Elapsed > (limit ?? Limit)) throw new TimeoutException(what());
            await Task.Delay(pause);
        }
    }
}
