namespace ChatOps.Node.Execution;

/// <summary>
/// The threads that executions run on. They wait in the kernel for programs, so the pool's are not for them; one that has become free is kept for a while,
/// because making a thread costs as much as the rest of a short execution.
/// </summary>
internal sealed class ExecutionThreads
{
    private const int StackSize = 512 * 1024;

    /// <summary>How long a thread without work is kept.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);

    private readonly Lock gate = new();
    private readonly Stack<Worker> free = new();

    /// <summary>Runs a piece of work on a thread of its own. The work lets no exception out.</summary>
    public void Run(Action work)
    {
        // What flows with the caller (its trace, the scopes of its log) is this work's and nobody's after it.
        var asked = work;
        if (ExecutionContext.Capture() is { } context) work = () => ExecutionContext.Run(context, static state => ((Action)state!)(), asked);
        while (Free() is { } worker)
        {
            if (worker.TryGive(work)) return;
        }

        new Thread(new Worker(this, work).Run, StackSize) { IsBackground = true, Name = "execution" }.UnsafeStart();
    }

    private Worker? Free()
    {
        lock (gate) return free.TryPop(out var worker) ? worker : null;
    }

    private sealed class Worker(ExecutionThreads owner, Action first)
    {
        private readonly object signal = new();
        private Action? next = first;
        private bool gone;

        public bool TryGive(Action work)
        {
            lock (signal)
            {
                if (gone) return false;
                next = work;
                Monitor.Pulse(signal);
                return true;
            }
        }

        public void Run()
        {
            while (Take() is { } work)
            {
                work();
                lock (owner.gate) owner.free.Push(this);
            }
        }

        private Action? Take()
        {
            lock (signal)
            {
                // Who was taken from the stack meanwhile gets its work although its time is over.
                while (next is null && Monitor.Wait(signal, Idle))
                {
                }

                var work = next;
                next = null;
                gone = work is null;
                return work;
            }
        }
    }
}
