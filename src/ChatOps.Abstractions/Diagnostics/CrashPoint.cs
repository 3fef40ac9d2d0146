namespace ChatOps.Diagnostics;

/// <summary>
/// A named place where a test kills the process. With <c>CHATOPS_CRASH_AT=name</c> (or <c>name:n</c> for the n-th time) in the environment
/// the process kills itself there with SIGKILL: nothing is flushed and no handler runs. Without it a point costs one comparison.
/// </summary>
public static class CrashPoint
{
    private static readonly string? Armed = Environment.GetEnvironmentVariable("CHATOPS_CRASH_AT");
    private static int hits;

    /// <summary>Passes the point, or dies here.</summary>
    /// <param name="name">Area and transition, such as <c>inbox.stored</c>.</param>
    public static void Hit(string name)
    {
        if (Armed is not null) Die(name);
    }

    private static void Die(string name)
    {
        var (point, count) = Armed!.Split(':') is [var p, var n] ? (p, int.Parse(n, System.Globalization.CultureInfo.InvariantCulture)) : (Armed!, 1);
        if (point != name || Interlocked.Increment(ref hits) != count) return;
        System.Diagnostics.Process.GetCurrentProcess().Kill();
        new ManualResetEventSlim(false).Wait();
    }
}
