using System.Diagnostics;
using System.Globalization;
using ChatOps.Fleet;
using ChatOps.Node.Native;

namespace ChatOps.Node.Execution;

/// <summary>One execution from its first program to the last process of its tree. Runs on a thread of its own, in plain sequence.</summary>
internal sealed class ExecutionRun(ExecutionRequest request, OutputCollector output, Spawner spawner, ChildEnvironment environment, NodeOptions options) : IDisposable
{
    private const int KillTime = 3000; // milliseconds: a busy machine takes a while to end what was killed
    private const int LastPieces = 100;
    private const int RoundWait = 10; // milliseconds
    private const int SettleTime = 150; // milliseconds
    private readonly OutputPump _pump = new(output);
    private readonly ProcessTree _tree = new(request.Id);
    private readonly List<ChildProcess> _children = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly long _deadline = Environment.TickCount64 + (long)Math.Clamp(request.Timeout.TotalMilliseconds, 0, int.MaxValue);
    private StopReason _stop;
    private int? _status = 0;
    private string? _notStarted;
    private bool _inputTaken;

    /// <summary>Asks to stop it, from any thread.</summary>
    public void Cancel() => _pump.Wake();

    /// <summary>Runs it to its end.</summary>
    public ExecutionResult Run()
    {
        int? left = null;
        try
        {
            RunPipelines();
            _pump.CloseWriteEnd();
            Drain();
            left = StopLeftovers();
        }
        finally
        {
            // When a watcher failed: nothing of this execution outlives it.
            if (left is null)
                KillAll();
        }

        var unstoppable = _children.Exists(child => !child.HasEnded()) || (left > 0 && Leftovers().Count > 0);
        var kept = output.End();
        return Result(kept, left.Value, unstoppable);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _children.ForEach(child => child.Dispose());
        _pump.Dispose();
    }

    private void RunPipelines()
    {
        if (!Directory.Exists(request.WorkingDirectory))
        {
            _notStarted = $"The working directory {request.WorkingDirectory} does not exist or may not be read.";
            return;
        }

        if (request.Input is { } input && !File.Exists(input.FilePath))
        {
            _notStarted = "What the program is to read is not there any more; nothing was started.";
            return;
        }

        IReadOnlyList<CommandPipeline> pipelines = request.Program?.Pipelines ?? [new CommandPipeline(CommandJoin.Always, false, [])];
        foreach (var pipeline in pipelines)
        {
            if ((pipeline.Join == CommandJoin.And && _status != 0) || (pipeline.Join == CommandJoin.Or && _status == 0))
                continue;

            IReadOnlyList<PreparedCommand> commands = request.Program is null
                ? [PreparedCommand.Shell(request.Line)]
                : [.. pipeline.Commands.Select(command => PreparedCommand.From(command, request.WorkingDirectory))];
            if (pipelines.Count == 1 && commands.FirstOrDefault(command => command.Problem is not null) is { } missing)
            {
                _notStarted = missing.Problem;
                return;
            }

            RunOne(commands, alone: pipelines.Count == 1);
            if (_stop != StopReason.None || _notStarted is not null)
                return;
            if (pipeline.Negate && _status is { } status)
                _status = status == 0 ? 1 : 0;
        }
    }

    private void RunOne(IReadOnlyList<PreparedCommand> commands, bool alone)
    {
        var start = new PipelineStart(spawner, environment.For(request.Id, request.Program is null), request.WorkingDirectory, TakeInput(), _pump.WriteEnd);
        try
        {
            start.Start(commands);
        }
        finally
        {
            _children.AddRange(start.Children);
            start.Children.ForEach(_tree.Add);
        }

        if (alone && start.Children.Count == 0)
        {
            _notStarted = start.Problems[0];
            return;
        }

        start.Problems.ForEach(output.AppendLine);
        WaitFor(start.Children);
        _status = start.Last is null ? start.LastStatus : start.Last.ExitCode;
    }

    // For the first pipeline alone: what it left unread nobody else gets.
    private int TakeInput()
    {
        if (_inputTaken || request.Input is not { } content)
            return -1;

        _inputTaken = true;
        using var file = File.OpenHandle(content.FilePath);
        return Pipe.Duplicate(file);
    }

    private void WaitFor(List<ChildProcess> children)
    {
        var next = _deadline;
        while (!children.TrueForAll(child => child.HasEnded()))
        {
            var now = Environment.TickCount64;
            if (_stop == StopReason.None && (_pump.Woken || now >= next))
            {
                _stop = _pump.Woken ? StopReason.Cancelled : StopReason.TimedOut;
                Signal(Libc.SigTerm);
                next = now + (long)options.KillGrace.TotalMilliseconds;
            }
            else if (_stop != StopReason.None && now >= next)
            {
                KillAll();
                return;
            }

            _pump.Wait(next - Environment.TickCount64, children);
        }
    }

    // The programs have ended; what they started may still hold the pipe.
    private void Drain()
    {
        var end = Environment.TickCount64 + (long)options.DrainLimit.TotalMilliseconds;
        var silence = _stop == StopReason.None ? (long)options.DrainSilence.TotalMilliseconds : 0;
        while (!_pump.Ended && Environment.TickCount64 < end)
        {
            if (_stop == StopReason.None && _pump.Woken)
                _stop = StopReason.Cancelled;
            if (_pump.Wait(Math.Min(silence, end - Environment.TickCount64), []))
                continue;
            if (!_pump.Woken || _stop != StopReason.None)
                return;
        }
    }

    private int StopLeftovers()
    {
        // A process closes the output a moment before it is gone.
        var left = Leftovers();
        for (var settled = Environment.TickCount64 + SettleTime; left.Count > 0 && _stop == StopReason.None && Environment.TickCount64 < settled; left = Leftovers())
            _pump.Wait(RoundWait, []);
        if (left.Count == 0 && _children.TrueForAll(child => child.HasEnded()))
            return 0;

        var end = Environment.TickCount64 + (long)options.LeftoverGrace.TotalMilliseconds;
        Signal(left, Libc.SigTerm);
        while (Environment.TickCount64 < end && Leftovers().Count > 0)
            _pump.Wait(RoundWait, []);
        KillAll();
        return left.Count;
    }

    // In rounds, because a tree may grow while it is killed.
    private void KillAll()
    {
        // Who was found once is watched to the end: a process that loses its parent meanwhile would not be found again.
        var left = new HashSet<int>();
        for (var end = Environment.TickCount64 + KillTime; Environment.TickCount64 < end;)
        {
            left.RemoveWhere(process => ProcessStatus.Read(process) is null);
            left.UnionWith(Leftovers());
            if (left.Count == 0 && _children.TrueForAll(child => child.HasEnded()))
                break;
            Signal(left, Libc.SigKill);
            foreach (var child in _children)
                child.SignalGroup(Libc.SigKill);
            _pump.Wait(RoundWait, _children);
        }

        // What was written before the end belongs to the output.
        for (var piece = 0; piece < LastPieces && !_pump.Ended && _pump.Wait(0, []); piece++)
        {
        }
    }

    // Who lost its parent is a child of this process now: without one, nothing is left of programs that have ended.
    private IReadOnlyList<int> Leftovers() =>
        options.AdoptsOrphans && _children.TrueForAll(child => child.HasEnded()) && !Orphans.Any() ? [] : _tree.Find(_children.Select(child => child.Id));

    private void Signal(int signal)
    {
        // Whole groups first: a shell that outlived its command for a moment would remark on it.
        foreach (var child in _children)
            child.SignalGroup(signal);
        Signal(Leftovers(), signal);
    }

    private static void Signal(IEnumerable<int> processes, int signal)
    {
        foreach (var process in processes)
            _ = Libc.kill(process, signal);
    }

    private ExecutionResult Result(KeptOutput kept, int left, bool unstoppable)
    {
        var end = _notStarted is not null ? ExecutionEnd.NotStarted
            : _stop == StopReason.TimedOut ? ExecutionEnd.TimedOut
            : _stop == StopReason.Cancelled ? ExecutionEnd.Cancelled
            : _status is null ? ExecutionEnd.Unknown
            : ExecutionEnd.Exited;
        string?[] notes =
        [
            _notStarted,
            end == ExecutionEnd.TimedOut ? string.Create(CultureInfo.InvariantCulture, $"It ran longer than {request.Timeout.TotalSeconds:0.###} s and was stopped.") : null,
            end == ExecutionEnd.Cancelled ? "It was cancelled and stopped." : null,
            end == ExecutionEnd.Unknown ? "It ended, but another part of this process took its exit status." : null,
            unstoppable ? "A process of it could not be stopped (it belongs to another user, or hangs in the kernel) and is still there." : null,
            left > 0 && !unstoppable && _stop == StopReason.None ? $"It left {left} {(left == 1 ? "process" : "processes")} behind; {(left == 1 ? "it was" : "they were")} stopped." : null,
            kept.Problem,
        ];
        var message = string.Join(' ', notes.Where(note => note is not null));
        return new ExecutionResult(
            end,
            end is ExecutionEnd.NotStarted or ExecutionEnd.Unknown ? null : _status,
            kept.Text,
            kept.TotalBytes,
            kept.OmittedBytes,
            kept.FilePath,
            Stopwatch.GetElapsedTime(_started),
            message.Length == 0 ? null : message);
    }
}
