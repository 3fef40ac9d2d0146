using ChatOps.Console.Components;
using ChatOps.Console.Http;
using ChatOps.Schedules;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Schedules;

/// <summary>What runs by itself: a list with the next times, and a page for each with its history.</summary>
internal sealed class SchedulesArea(ISchedules schedules, Pages pages, NoticePages notices, Permits permits) : IConsoleArea
{
    private const string ListTool = "schedule_list";
    private const string ShowTool = "schedule_show";
    private const string AddTool = "schedule_add";
    private const string RunTool = "schedule_run";
    private const int MaxRows = 200;
    private const int ShownRuns = 15;
    private const int ShownHistory = 50;
    private static readonly string[] Changes = ["pause", "resume", "run", "remove"];

    public void Map(ConsoleRoutes routes)
    {
        routes.Get("/schedules", ListAsync);
        routes.Post("/schedules", AddAsync);
        routes.Get("/schedules/{name}", ShowAsync);
        foreach (var change in Changes) routes.Post($"/schedules/{{name}}/{change}", request => ChangeAsync(request, change));
    }

    private Task<IResult> ListAsync(ConsoleRequest request) => pages.ShowAsync<SchedulesPage>(request, Section.Schedules, "Schedules", ListTool, async () =>
    {
        var all = await schedules.ListAsync(request.Aborted);
        var rows = all.OrderBy(r => r.NextAt ?? DateTimeOffset.MaxValue).ThenBy(r => r.Schedule.Name, StringComparer.Ordinal).Take(MaxRows).Select(r => (r, r.NextAt)).ToList();
        var runs = await schedules.HistoryAsync(null, ShownRuns, request.Aborted);
        return new() { [nameof(SchedulesPage.View)] = new SchedulesView(rows, all.Count, schedules.Problems, runs, permits.May(request.Who.Principal, AddTool)) };
    });

    private async Task<IResult> ShowAsync(ConsoleRequest request)
    {
        var name = request.Route("name");
        if (await schedules.FindAsync(name, request.Aborted) is not { } row) return await notices.NotFoundAsync(request.Http, "There is no schedule of this name. It may have been removed; its runs are in the audit.");
        return await pages.ShowAsync<SchedulePage>(request, Section.Schedules, name, ShowTool, async () =>
        {
            var runs = await schedules.HistoryAsync(name, ShownHistory, request.Aborted);
            return new() { [nameof(SchedulePage.View)] = new ScheduleView(row, schedules.NextRuns(row, ScheduleBounds.ShownRuns), runs, permits.May(request.Who.Principal, RunTool)) };
        });
    }

    private async Task<IResult> AddAsync(ConsoleRequest request)
    {
        var post = await request.ReadJsonAsync<AddPost>();
        // An interval and a time of the day are as common as cron; what each is, is plain from its form.
        var when = post?.When?.Trim();
        var key = when is null ? "when" : ArgumentText.TryDuration(when, out _) ? "every" : when.Contains(':', StringComparison.Ordinal) ? "at" : "when";
        var outcome = await permits.InvokeAsync(request.Who, AddTool, new() { [key] = when, ["work"] = post?.Work, ["name"] = post?.Name, ["to"] = post?.To, ["tz"] = post?.Tz }, request.Aborted);
        return Results.Json(Permits.Answer(outcome), Json.Options);
    }

    private async Task<IResult> ChangeAsync(ConsoleRequest request, string change)
    {
        var answer = Permits.Answer(await permits.InvokeAsync(request.Who, $"schedule_{change}", new() { ["name"] = request.Route("name") }, request.Aborted));
        return Results.Json(answer.Ok && answer.Href is null && change == "remove" ? answer with { Href = "/schedules" } : answer, Json.Options);
    }
}
