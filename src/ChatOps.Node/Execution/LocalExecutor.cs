using System.Collections.Concurrent;
using ChatOps.Diagnostics;
using ChatOps.Fleet;
using ChatOps.Node.Native;
using ChatOps.Secrets;
using Microsoft.Extensions.Logging;

namespace ChatOps.Node.Execution;

/// <summary>Runs commands on this machine: a bounded number at the same time, each id once.</summary>
internal sealed partial class LocalExecutor(NodeOptions options, IRedactor redactor, TimeProvider time, ILogger<LocalExecutor> logger) : IExecutor, IDisposable
{
    private const string NeverStarted = "It was not started here: whoever asked for it was gone before that.";
    private readonly ConcurrentDictionary<string, RunningExecution> _running = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _slots = new(options.MaxConcurrent);
    private readonly ExecutionRegister _register = new(options, redactor, time);
    private readonly ChildEnvironment _environment = new(options.PassEnvironment);
    private readonly Spawner _spawner = new();
    private readonly ExecutionThreads _threads = new();

    /// <inheritdoc />
    public async Task<ExecutionResult> ExecuteAsync(ExecutionRequest request, IExecutionOutput output, CancellationToken cancellationToken)
    {
        if (!request.OnlyAttach)
            cancellationToken.ThrowIfCancellationRequested();
        if (Refusal(request) is { } refusal)
            return NotStarted(refusal);

        var mine = new RunningExecution(ExecutionRegister.HashOf(request), request.Limits, redactor, options.ContinuesOnExecutionThread);
        if (request.OnlyAttach && !_running.ContainsKey(request.Id))
            return Recall(request.Id, mine.Hash) is { } known ? Answer(known, mine.Hash) : NotStarted(NeverStarted);
        var execution = _running.GetOrAdd(request.Id, mine);
        if (execution.Hash != mine.Hash)
            return NotStarted(OtherCommand(request.Id));

        execution.Output.Attach(output);
        if (execution != mine)
        {
            await using var joined = cancellationToken.Register(execution.Cancel);
            return await execution.Result;
        }

        try
        {
            await _slots.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _running.TryRemove(request.Id, out _);
            mine.Withdraw();
            throw;
        }

        await using var registration = cancellationToken.Register(mine.Cancel);
        _threads.Run(() => RunOnThread(request, mine));
        return await mine.Result;
    }

    /// <summary>What is recorded of an execution that does not run now; <see langword="null"/> when it was never started here.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="hash">What it is taken to have been when a crash left its record incomplete.</param>
    public ExecutionRecord? Recall(string id, string hash) => ExecutionRegister.IsValid(id) ? _register.Find(id, hash) : null;

    /// <inheritdoc />
    public void Dispose() => _slots.Dispose();

    private static string? Refusal(ExecutionRequest request) =>
        !ExecutionRegister.IsValid(request.Id) ? "The execution's id is not valid (letters, digits, '-', '_', '.', ':'; at most 128 characters)."
        : !Path.IsPathFullyQualified(request.WorkingDirectory) || !Spawner.CanPass(request.WorkingDirectory) ? "The working directory must be an absolute path."
        : request.Program is { Pipelines.Count: 0 } || request.Program?.Pipelines.Any(pipeline => pipeline.Commands.Count == 0) == true ? "The command is empty."
        : request.Timeout <= TimeSpan.Zero ? "The timeout must be above zero."
        : null;

    private static ExecutionResult NotStarted(string message) =>
        new(ExecutionEnd.NotStarted, null, "", 0, 0, null, TimeSpan.Zero, message);

    private static string OtherCommand(string id) => $"The execution {id} was used for another command before; it was not started.";

    private void RunOnThread(ExecutionRequest request, RunningExecution execution)
    {
        ExecutionResult? result = null;
        try
        {
            result = RunRecorded(request, execution);
        }
        catch (Exception failure)
        {
            // The border of a thread: whatever it is belongs to those who wait for the result.
            FailedInside(failure, request.Id);
            execution.Fail(failure);
        }
        finally
        {
            execution.Output.Dispose();
            _running.TryRemove(request.Id, out _);
            GiveBackSlot();
            if (result is not null)
                execution.Complete(result);
        }

        Prune();
    }

    private void GiveBackSlot()
    {
        try
        {
            _slots.Release();
        }
        catch (ObjectDisposedException)
        {
            // The process ends while a command still runs: nobody waits for a place any more.
        }
    }

    private ExecutionResult RunRecorded(ExecutionRequest request, RunningExecution execution)
    {
        ExecutionRegister.Entry entry;
        try
        {
            if (_register.TryStart(request.Id, execution.Hash, out entry) is { } earlier)
                return Answer(earlier, execution.Hash);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            RegisterFailed(failure, request.Id);
            return NotStarted($"The start could not be recorded in {options.StateDirectory}, so nothing was started: {failure.Message}");
        }

        using var started = entry;
        CrashPoint.Hit("node.registered");
        using var run = new ExecutionRun(request, execution.Output, _spawner, _environment, options);
        execution.Set(run);
        ExecutionResult result;
        try
        {
            result = run.Run();
        }
        finally
        {
            execution.Set(null);
        }

        CrashPoint.Hit("node.ran");
        try
        {
            _register.End(started, result);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // The caller has the result; only who asks again will hear that it is unknown.
            RegisterFailed(failure, request.Id);
        }

        CrashPoint.Hit("node.recorded");
        return result;
    }

    private static ExecutionResult Answer(ExecutionRecord earlier, string hash) =>
        earlier.Request != hash ? NotStarted(OtherCommand(earlier.Id))
        : earlier.Result ?? EndNotRecorded(earlier);

    /// <summary>The answer about an execution that was started and has no recorded end.</summary>
    /// <param name="earlier">Its record.</param>
    internal static ExecutionResult EndNotRecorded(ExecutionRecord earlier) => new(
        ExecutionEnd.Unknown, null, "", 0, 0, null, TimeSpan.Zero,
        $"It was started at {earlier.StartedAt:u} and its end was not recorded. It was not started again.");

    private void Prune()
    {
        try
        {
            _register.PruneSometimes(_running.ContainsKey);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            RegisterFailed(failure, "(old records)");
        }
    }
}
