using System.Reflection;
using System.Runtime.InteropServices;
using ChatOps.Approvals;
using ChatOps.Configuration;
using ChatOps.Console.Components;
using ChatOps.Console.Http;
using ChatOps.Diagnostics;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Status;

/// <summary>How every part is, what waits and how long, what was given up, and what to do about each.</summary>
internal sealed class StatusArea(IStore store, IEnumerable<IHealthPart> parts, IEnumerable<IReloadStatus> files, Pages pages, TimeProvider time) : IConsoleArea
{
    private const int MaxDeadLetters = 50;
    private const int MaxCounted = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public void Map(ConsoleRoutes routes) => routes.Get("/status", ShowAsync);

    private Task<IResult> ShowAsync(ConsoleRequest request) => pages.ShowAsync<StatusPage>(
        request, Section.Status, "Status", "status", async () => new() { [nameof(StatusPage.View)] = await ReadAsync(request.Aborted) });

    private async Task<StatusView> ReadAsync(CancellationToken cancellationToken)
    {
        var health = await Task.WhenAll(parts.Select(async part => (part.Name, Health: await CheckAsync(part, cancellationToken))));
        return await store.ReadAsync(
            session =>
            {
                var pending = session.Approvals.List([ApprovalState.Pending], MaxCounted);
                return new StatusView(
                    health.OrderByDescending(h => h.Health.State).ThenBy(h => h.Name, StringComparer.Ordinal).ToList(),
                    files.ToList(),
                    session.Outbox.InState(OutboxState.Failed, MaxDeadLetters),
                    session.Inbox.Waiting(),
                    session.Outbox.Waiting(),
                    (pending.Count == 0 ? null : pending.Min(a => a.CreatedAt), pending.Count),
                    session.Invocations.InStatus(InvocationStatus.Running, MaxCounted).Count,
                    Version(),
                    RuntimeInformation.FrameworkDescription,
                    RuntimeInformation.OSDescription);
            },
            cancellationToken);
    }

    // One part that hangs must not hide how the others are.
    private async Task<PartHealth> CheckAsync(IHealthPart part, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await part.CheckAsync(limit.Token).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            await limit.CancelAsync();
            return new PartHealth(PartState.Failed, $"It did not answer within {Patience.TotalSeconds:0} s. If it stays so, look into the log and restart the gateway.", new Dictionary<string, string>());
        }
    }

    private static string Version() =>
        (Assembly.GetEntryAssembly() ?? typeof(StatusArea).Assembly).GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
