using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ChatOps.Testing;

/// <summary>Waits for a condition, with a limit.</summary>
public static class Until
{
    /// <summary>Generous, because it is used up only by a test that fails.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);

    /// <summary>Waits until something is true.</summary>
    /// <exception cref="TimeoutException">It did not become true within the limit.</exception>
    public static Task TrueAsync(Func<bool> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        TrueAsync(() => Task.FromResult(condition()), limit, what);

    /// <inheritdoc cref="TrueAsync(Func{bool}, TimeSpan?, string)"/>
    public static async Task TrueAsync(Func<Task<bool>> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        var begun = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(begun) > (limit ?? Limit)) throw new TimeoutException($"Not true within {limit ?? Limit}: {what}");
            await Task.Delay(Poll);
        }
    }
}
