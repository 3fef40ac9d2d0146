using ChatOps.Console.Chat;
using ChatOps.Console.Http;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Storage;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Palette;

/// <summary>Finds pages, commands, nodes, people and conversations by a few letters, only what the person may see.</summary>
internal sealed class PaletteArea(IStore store, IToolCatalogue tools, INodes nodes, IPrincipals principals, ChatReader chats, Permits permits) : IConsoleArea
{
    private const int MaxQuery = 100;
    private const int MaxEach = 8;
    private const int MaxInAll = 30;

    private static readonly PaletteItem[] Pages =
    [
        new("Page", "Chat", "Conversations", "/"),
        new("Page", "New conversation", "Start with an empty one", "/chat/new"),
        new("Page", "Approvals", "What waits for a decision", "/approvals"),
        new("Page", "Nodes", "The machines of the fleet", "/nodes"),
        new("Page", "Checks", "What is looked at by itself, and how it is", "/checks"),
        new("Page", "Incidents", "What was critical, with its timeline", "/incidents"),
        new("Page", "Schedules", "What runs by itself, and when", "/schedules"),
        new("Page", "Audit", "Who did what, when", "/audit"),
        new("Page", "Access", "People, roles, who may do what", "/access"),
        new("Page", "Status", "How every part is", "/status"),
        new("Page", "Dead letters", "Messages that could not be delivered, with the reasons", "/dlq"),
    ];

    public void Map(ConsoleRoutes routes) => routes.Get("/palette", FindAsync);

    private async Task<IResult> FindAsync(ConsoleRequest request)
    {
        var person = request.Who.Principal;
        var query = request.Query("q") ?? "";
        if (query.Length > MaxQuery) return Results.Json(Array.Empty<PaletteItem>(), Json.Options);
        var words = query.TrimStart('/').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var conversations = await store.ReadAsync(s => chats.List(s, person), request.Aborted);

        var found = new List<PaletteItem>();
        Add(query.StartsWith('/') ? [] : Pages);
        Add(tools.All.Where(t => t.Commands.Count > 0 && permits.May(person, t.Name)).Select(t => new PaletteItem("Command", "/" + t.Commands[0], t.Summary, null, $"/{t.Commands[0]} ")));
        if (words.Length > 0)
        {
            if (permits.May(person, "nodes"))
                Add(nodes.All().Select(n => new PaletteItem("Node", n.Name, string.Join(" ", n.Labels.Select(l => $"{l.Key}={l.Value}")), $"/nodes/{Uri.EscapeDataString(n.Name)}")));
            if (permits.May(person, "access_people"))
                Add(principals.All().Select(p => new PaletteItem("Person", p.DisplayName, $"{p.Id} · {string.Join(", ", p.Roles)}", $"/audit?user={Uri.EscapeDataString(p.Id)}")));
        }

        Add(conversations.Select(c => new PaletteItem("Chat", InertText.Of(c.Title), null, "/chat/" + c.Slug)));
        return Results.Json(found.Take(MaxInAll), Json.Options);

        void Add(IEnumerable<PaletteItem> items) => found.AddRange(
            items.Select(item => (Item: item, Rank: Rank(item, words))).Where(i => i.Rank < int.MaxValue).OrderBy(i => i.Rank).Take(MaxEach).Select(i => i.Item));
    }

    // Every word must occur; in the name counts more than in the hint, at its beginning most.
    private static int Rank(PaletteItem item, string[] words)
    {
        var rank = 0;
        foreach (var word in words)
        {
            var at = item.Label.IndexOf(word, StringComparison.OrdinalIgnoreCase);
            if (at >= 0) rank += at <= 1 ? 0 : 1;
            else if (item.Hint?.Contains(word, StringComparison.OrdinalIgnoreCase) == true) rank += 2;
            else return int.MaxValue;
        }

        return rank;
    }
}
