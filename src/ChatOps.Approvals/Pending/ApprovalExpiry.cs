using ChatOps.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChatOps.Approvals.Pending;

/// <summary>Settles approvals whose time is over, so that their cards say so. Survives restarts: the deadline is in the store.</summary>
internal sealed partial class ApprovalExpiry(ApprovalLedger ledger, ApprovalsOptions options, TimeProvider time, ILogger<ApprovalExpiry> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.SweepInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await ledger.ExpireAsync(stoppingToken);
                }
                catch (StoreUnavailableException e)
                {
                    LogStoreUnavailable(e.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops; the next start goes on.
        }
    }
}
