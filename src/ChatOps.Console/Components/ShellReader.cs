using ChatOps.Console.Approvals;
using ChatOps.Console.Chat;
using ChatOps.Console.Http;
using ChatOps.Identity;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Console.Components;

/// <summary>Reads what the frame and the right pane show for a person.</summary>
internal sealed class ShellReader(IStore store, Decidable decidable, ChatReader chats, IToolCatalogue tools, Assets.AssetStore assets)
{
    private const int MaxRunning = 50;
    private const int MaxNamedNodes = 3;

    public Task<(ShellView Shell, PanesView Panes)> ReadAsync(ConsoleRequest request, Section section, string title, string? currentChat = null)
    {
        var person = request.Who.Principal;
        return store.ReadAsync(
            session =>
            {
                var panes = Panes(session, person);
                var shell = new ShellView(
                    section, title, person.Id, person.DisplayName, person.Roles, Theme.Of(request.Http.Request), assets.Root, panes.NeedsYou.Count,
                    chats.List(session, person), currentChat, panes.Halts);
                return (shell, panes);
            },
            request.Aborted);
    }

    public PanesView Panes(IStoreSession session, Principal person) => new(
        decidable.By(session, person),
        session.Invocations.InStatus(InvocationStatus.Running, MaxRunning).Where(row => row.Principal == person.Id).Select(row => ToWork(row, person)).ToList(),
        session.Halts.Open());

    private RunningWork ToWork(InvocationRow row, Principal person)
    {
        var title = ToolArguments.FromJson(row.ArgumentsJson).Text("command_line") ?? row.Tool.Replace('_', ' ');
        var where = row.Targets.Count switch
        {
            0 => "gateway",
            <= MaxNamedNodes => string.Join(", ", row.Targets),
            var n => $"{n} nodes",
        };
        return new RunningWork(title, where, row.CreatedAt, row.ConversationId is null ? null : ChatAddress.SlugOf(row.ConversationId, person))
        {
            Job = tools.Find(row.Tool) is { IsJob: true } ? row.Id : null,
        };
    }
}
