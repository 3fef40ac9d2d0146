using ChatOps.Approvals;
using ChatOps.Console.Components;
using ChatOps.Identity;
using ChatOps.Storage;

namespace ChatOps.Console.Live;

/// <summary>Looks whether approvals or running work changed, cheaply enough to do it every second.</summary>
internal sealed class LivePanes(IStore store, ShellReader shells)
{
    private const int Watched = 50;

    /// <summary>The panes, and a text that differs when anything that pages show about approvals or running work has changed.</summary>
    public Task<(string Version, PanesView Panes)> ReadAsync(Principal person, CancellationToken cancellationToken) =>
        store.ReadAsync(
            session =>
            {
                var panes = shells.Panes(session, person);
                IReadOnlyList<ApprovalState> all = [];
                var version = string.Join(
                    '|',
                    panes.NeedsYou.Select(a => $"{a.Id}.{a.Revision}")
                        .Concat(panes.Running.Select(r => $"{r.Since.UtcTicks}.{r.Where}"))
                        .Concat(panes.Halts.Select(h => h.Id))
                        .Concat(session.Approvals.List(all, Watched).Select(a => $"{a.Id}.{a.Revision}.{a.State}")));
                return (version, panes);
            },
            cancellationToken);
}
