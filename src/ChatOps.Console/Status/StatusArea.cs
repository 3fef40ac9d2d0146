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
internal sealed class StatusArea(IStore store, PartsHealth parts, IEnumerable<IReloadStatus> files, Pages pages) : IConsoleArea
{
    private const int MaxDeadLetters = 50;
    private const int MaxCounted = 1000;

    public void Map(ConsoleRoutes routes) => routes.Get("/status", ShowAsync);

    private Task<IResult> ShowAsync(ConsoleRequest request) => pages.ShowAsync<StatusPage>(
        request, Section.Status, "Status", "status", async () => new() { [nameof(StatusPage.View)] = await ReadAsync(request.Aborted) });

    private async Task<StatusView> ReadAsync(CancellationToken cancellationToken)
    {
        var health = await parts.CheckAsync(cancellationToken);
        return await store.ReadAsync(
            session =>
            {
                var pending = session.Approvals.List([ApprovalState.Pending], MaxCounted);
                return new StatusView(
                    health.OrderByDescending(h => h.Health.State).ToList(),
                    files.ToList(),
                    session.Outbox.GivenUp(MaxDeadLetters),
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

    private static string Version() =>
        (Assembly.GetEntryAssembly() ?? typeof(StatusArea).Assembly).GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
