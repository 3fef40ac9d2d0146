using System.Security.Cryptography;
using System.Text;
using ChatOps.Console.Chat;
using ChatOps.Console.Components;
using ChatOps.Console.Http;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Nodes;

/// <summary>The fleet: a list that a selector narrows, and a page for each node with its own conversation.</summary>
internal sealed class NodesArea(
    IStore store, INodes nodes, IAuthorizer authorizer, ChatReader chats, ShellReader shells, Pages pages, ConsoleRenderer renderer, NoticePages notices, Permits permits) : IConsoleArea
{
    private const string DrainTool = "node_drain";
    private const string ResumeTool = "node_resume";
    private const string DrainGroup = "fleet";
    private const int RowsAtATime = 200;
    private const int MaxRunning = 200;
    private const int MaxRecent = 20;
    private const int SlugDigits = 16;

    public void Map(ConsoleRoutes routes)
    {
        routes.Get("/nodes", ListAsync);
        routes.Get("/nodes/{name}", ShowAsync);
        routes.Post("/nodes/{name}/drain", request => ChangeAsync(request, DrainTool));
        routes.Post("/nodes/{name}/resume", request => ChangeAsync(request, ResumeTool));
    }

    private Task<IResult> ListAsync(ConsoleRequest request) => pages.ShowAsync<NodesPage>(
        request, Section.Nodes, "Nodes", "nodes",
        async () =>
        {
            var busy = await store.ReadAsync(s => s.Invocations.InStatus(InvocationStatus.Running, MaxRunning).SelectMany(r => r.Targets).ToHashSet(), request.Aborted);
            return new() { [nameof(NodesPage.View)] = Read(request.Query("on"), request.Query("after"), busy) with { MayDrain = permits.May(request.Who.Principal, DrainTool) } };
        });

    private NodesView Read(string? text, string? after, IReadOnlySet<string> busy)
    {
        var all = nodes.All();
        string? error = null;
        IReadOnlyList<NodeInfo> matching = all;
        if (text is not null)
        {
            matching = Selector.TryParse(text, out var selector, out error) ? selector.Of(all) : [];
            error ??= selector!.Unknown(all, nodes.Groups);
        }

        var from = after is null ? matching : matching.Where(n => string.CompareOrdinal(n.Name, after) > 0).ToList();
        var part = from.Take(RowsAtATime).ToList();
        return new NodesView(text, error, part, matching.Count, all.Count, from.Count > part.Count ? part[^1].Name : null, busy);
    }

    private async Task<IResult> ShowAsync(ConsoleRequest request)
    {
        var person = request.Who.Principal;
        if (nodes.All().FirstOrDefault(n => n.Name == request.Route("name")) is not { } node)
            return await notices.NotFoundAsync(request.Http, "There is no node of this name. It may have left the fleet.");
        if (permits.WhyNot(person, "node_show") is not null) return await pages.ShowAsync<RefusedPage>(request, Section.Nodes, node.Name, "node_show", () => Task.FromResult(new Dictionary<string, object?>()));
        if (!ChatAddress.TryRead(SlugOf(node.Name), person, out var address)) return await notices.NotFoundAsync(request.Http, "There is no such conversation of yours.");
        var (recent, chat) = await store.ReadAsync(s => (s.Invocations.RecentOn(node.Name, MaxRecent), chats.Read(s, address, person)), request.Aborted);
        var run = authorizer.Decide(person, "run", "run", [node]);
        var view = new NodeView(node, recent, chat!, run.Allowed ? null : run.Reason) { MayDrain = authorizer.Decide(person, DrainTool, DrainGroup, [node]).Allowed };
        var (shell, _) = await shells.ReadAsync(request, Section.Nodes, node.Name, address.Slug);
        return Results.Content(await renderer.RenderAsync<NodePage>(new() { [nameof(NodePage.Shell)] = shell, [nameof(NodePage.View)] = view }), ConsoleRenderer.Html);
    }

    private async Task<IResult> ChangeAsync(ConsoleRequest request, string tool)
    {
        var name = request.Route("name");
        var answer = Permits.Answer(await permits.InvokeAsync(request.Who, tool, new() { ["on"] = $"node={name}" }, request.Aborted));
        // The list refreshes in place; a node's own page holds a conversation and is opened again.
        return Results.Json(answer.Ok && request.Query("from") == "node" ? answer with { Href = $"/nodes/{Uri.EscapeDataString(name)}" } : answer, Json.Options);
    }

    /// <summary>Everybody has one conversation about each node; node names hold characters that slugs do not.</summary>
    private static string SlugOf(string node) => "node-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(node)))[..SlugDigits];
}
