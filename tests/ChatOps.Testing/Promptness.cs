using System.Diagnostics;

namespace ChatOps.Testing;

/// <summary>Holds what promises to be over soon to its time, on a machine that may be busy with something else.</summary>
public static class Promptness
{
    private const int Tries = 5;

    /// <summary>The least time of a few tries, made until one is within the limit: a busy machine can only add to it.</summary>
    /// <param name="limit">What was promised.</param>
    /// <param name="attempt">Sets up, and returns what is to be timed.</param>
    public static async Task<TimeSpan> LeastAsync(TimeSpan limit, Func<Task<Func<Task>>> attempt)
    {
        var least = TimeSpan.MaxValue;
        for (var i = 0; i < Tries && least >= limit; i++)
        {
            var work = await attempt();
            var begun = Stopwatch.GetTimestamp();
            await work();
            var took = Stopwatch.GetElapsedTime(begun);
            if (took < least) least = took;
        }

        return least;
    }
}
