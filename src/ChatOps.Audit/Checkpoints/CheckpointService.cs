using System.Diagnostics.CodeAnalysis;
using ChatOps.Audit.Chain;
using ChatOps.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Audit.Checkpoints;

/// <summary>Looks at the record's tail at the start, then writes checkpoints while the gateway runs and a last one when it stops.</summary>
internal sealed partial class CheckpointService(
    IStore store,
    IAuditWriter writer,
    ChainVerifier verifier,
    CheckpointFile checkpoints,
    ChainCondition condition,
    AuditOptions options,
    TimeProvider time,
    ILogger<CheckpointService> logger) : BackgroundService
{
    private long lastSequence = -1;
    private DateTimeOffset lastWritten;

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await VerifyTailAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await TryWriteAsync(due: static (_, _) => true, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.LookInterval, time);
        try
        {
            do
            {
                await TryWriteAsync(IsDue, stoppingToken);
                if (condition.Problem is { } problem) LogBroken(logger, problem);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // StopAsync writes the last one.
        }
    }

    private bool IsDue(long added, TimeSpan since) => lastSequence < 0 || added >= options.CheckpointRecords || since >= options.CheckpointInterval;

    /// <summary>The first checkpoint of a new data directory is of the empty record: from then on, one that is missing was removed.</summary>
    private async Task VerifyTailAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (head, _) = await store.ReadAsync(s => s.Audit.Head(), cancellationToken);
            if (head == 0 && !checkpoints.HasBegun) checkpoints.Append(0, CanonicalRecord.FirstPreviousHash);
            var result = await verifier.TailAsync(cancellationToken);
            if (result.Intact)
            {
                LogIntact(logger, result.Records, head);
                return;
            }

            condition.Problem = result.Problem;
            LogBroken(logger, result.Problem!);
            var finding = new AuditEntry(AuditKind.System, $"The audit record did not hold when the gateway started: {result.Problem}") { Outcome = "failed" };
            if (!options.StopEffectsWhenBroken) await store.WriteAsync(s => writer.Append(s, finding), cancellationToken);
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            condition.CheckpointProblem = $"The audit record could not be looked at: {e.Message}";
            LogNotWritten(logger, e.Message);
        }
    }

    [SuppressMessage("Performance", "CA1873", Justification = "A checkpoint is written about once a minute.")]
    private async Task TryWriteAsync(Func<long, TimeSpan, bool> due, CancellationToken cancellationToken)
    {
        try
        {
            var (sequence, hash) = await store.ReadAsync(s => s.Audit.Head(), cancellationToken);
            var now = time.GetUtcNow();
            if (sequence <= lastSequence || !due(sequence - lastSequence, now - lastWritten)) return;
            checkpoints.Append(sequence, hash ?? CanonicalRecord.FirstPreviousHash);
            (lastSequence, lastWritten) = (sequence, now);
            condition.CheckpointProblem = null;
            LogCheckpoint(logger, sequence, hash ?? CanonicalRecord.FirstPreviousHash);
        }
        catch (Exception e) when (e is StoreUnavailableException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            if (condition.CheckpointProblem is null) LogNotWritten(logger, e.Message);
            condition.CheckpointProblem = e.Message;
        }
    }
}
