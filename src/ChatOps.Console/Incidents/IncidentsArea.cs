using ChatOps.Checks;
using ChatOps.Console.Chat;
using ChatOps.Console.Components;
using ChatOps.Console.Http;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Incidents;

/// <summary>Incidents: a list, and a page for each with what the record says of it.</summary>
internal sealed class IncidentsArea(IIncidents incidents, Pages pages, NoticePages notices, Permits permits) : IConsoleArea
{
    private const string ListTool = "incident_list";
    private const string ShowTool = "incident_show";
    private const string NoteTool = "incident_note";
    private const string ResolveTool = "incident_resolve";
    private const int MaxRows = 100;
    private const int MaxEntries = 200;

    public void Map(ConsoleRoutes routes)
    {
        routes.Get("/incidents", ListAsync);
        routes.Get("/incidents/{id}", ShowAsync);
        routes.Post("/incidents/{id}/note", NoteAsync);
        routes.Post("/incidents/{id}/resolve", ResolveAsync);
    }

    private Task<IResult> ListAsync(ConsoleRequest request) => pages.ShowAsync<IncidentsPage>(request, Section.Incidents, "Incidents", ListTool, async () =>
    {
        var open = request.Query("show") == "open";
        return new() { [nameof(IncidentsPage.View)] = new IncidentsView(await incidents.ListAsync(open, MaxRows, request.Aborted), open) };
    });

    private async Task<IResult> ShowAsync(ConsoleRequest request)
    {
        var (incident, _) = await incidents.FindAsync(request.Route("id"), null, request.Aborted);
        if (incident is null) return await notices.NotFoundAsync(request.Http, "There is no incident of this id.");
        return await pages.ShowAsync<IncidentPage>(request, Section.Incidents, "Incident " + incident.Id, ShowTool, async () =>
        {
            var (entries, cut) = await incidents.TimelineAsync(incident, request.Aborted);
            var person = request.Who.Principal;
            return new()
            {
                [nameof(IncidentPage.View)] = new IncidentView(
                    incident, [.. entries.TakeLast(MaxEntries)], cut || entries.Count > MaxEntries, ChatAddress.SlugOf(incident.ConversationId, person), permits.May(person, NoteTool), permits.May(person, ResolveTool)),
            };
        });
    }

    private async Task<IResult> NoteAsync(ConsoleRequest request) => await ChangeAsync(request, NoteTool, "text", (await request.ReadJsonAsync<NotePost>())?.Text);

    private async Task<IResult> ResolveAsync(ConsoleRequest request) => await ChangeAsync(request, ResolveTool, "note", (await request.ReadJsonAsync<ResolvePost>())?.Note);

    private async Task<IResult> ChangeAsync(ConsoleRequest request, string tool, string key, string? words) =>
        Results.Json(Permits.Answer(await permits.InvokeAsync(request.Who, tool, new() { ["id"] = request.Route("id"), [key] = words }, request.Aborted)), Json.Options);
}
