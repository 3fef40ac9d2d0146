using System.Runtime.InteropServices;

namespace ChatOps.Testing;

/// <summary>Measures what a computation costs. The time in which the machine did something else is not part of it, so a bound holds on a busy machine too.</summary>
public static partial class ThreadTime
{
    private const int ThisThread = 3; // CLOCK_THREAD_CPUTIME_ID

    /// <summary>The processor time of some work on this thread.</summary>
    public static TimeSpan Of(Action work)
    {
        var begun = Now();
        work();
        return Now() - begun;
    }

    private static TimeSpan Now()
    {
        if (ReadClock(ThisThread, out var time) != 0) throw new InvalidOperationException("This system does not count the processor time of a thread.");
        return TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1000.0);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int ReadClock(int clock, out Timespec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
