using ChatOps.Checks;
using ChatOps.Console.Components;
using ChatOps.Console.Http;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Checks;

/// <summary>What is looked at by itself: where everything stands, and a page for each check with what it measured over days.</summary>
internal sealed class ChecksArea(IChecks checks, Pages pages, NoticePages notices, Permits permits, TimeProvider time) : IConsoleArea
{
    private const string ListTool = "check_list";
    private const string ShowTool = "check_show";
    private const string RunTool = "check_run";
    private const string SilenceTool = "check_silence";
    private const string UnsilenceTool = "check_unsilence";
    private const int MaxRows = 500;
    private const int MaxTargets = 30;
    private static readonly TimeSpan Charted = TimeSpan.FromDays(7);

    public void Map(ConsoleRoutes routes)
    {
        routes.Get("/checks", ListAsync);
        routes.Get("/checks/{name}", ShowAsync);
        routes.Post("/checks/{name}/run", request => ChangeAsync(request, RunTool, []));
        routes.Post("/checks/{name}/unsilence", request => ChangeAsync(request, UnsilenceTool, []));
        routes.Post("/checks/{name}/silence", SilenceAsync);
    }

    private Task<IResult> ListAsync(ConsoleRequest request) => pages.ShowAsync<ChecksPage>(
        request, Section.Checks, "Checks", ListTool,
        () =>
        {
            var bad = request.Query("show") == "bad";
            var states = checks.States.Where(s => !bad || s.IsBad).Take(MaxRows).ToList();
            return Task.FromResult(new Dictionary<string, object?> { [nameof(ChecksPage.View)] = new ChecksView(states, checks.Written.Count, checks.Problems, bad, permits.May(request.Who.Principal, RunTool)) });
        });

    private async Task<IResult> ShowAsync(ConsoleRequest request)
    {
        var name = request.Route("name");
        var info = checks.Written.FirstOrDefault(c => c.Name == name);
        var states = checks.States.Where(s => s.Key.Check == name).Take(MaxTargets).ToList();
        if (info is null && states.Count == 0) return await notices.NotFoundAsync(request.Http, "There is no check of this name. Checks are written in workspace/checks/*.yaml.");
        return await pages.ShowAsync<CheckPage>(request, Section.Checks, name, ShowTool, async () =>
        {
            var targets = new List<(CheckState, string?)>();
            foreach (var state in states) targets.Add((state, await ChartAsync(state, request.Aborted)));
            var silences = (await checks.SilencesAsync(request.Aborted)).Where(s => s.Check == name || s.Check == CheckSilence.EveryCheck).ToList();
            return new() { [nameof(CheckPage.View)] = new CheckView(name, info, targets, silences, permits.May(request.Who.Principal, RunTool), permits.May(request.Who.Principal, SilenceTool)) };
        });
    }

    private async Task<string?> ChartAsync(CheckState state, CancellationToken cancellationToken)
    {
        if (state.Value is null) return null;
        var values = await checks.ValuesAsync(state.Key, time.GetUtcNow() - Charted, cancellationToken);
        return CheckChart.Of(state, values).ToSvg(standalone: false);
    }

    private async Task<IResult> SilenceAsync(ConsoleRequest request)
    {
        var post = await request.ReadJsonAsync<SilencePost>();
        return await ChangeAsync(request, SilenceTool, new() { ["for"] = post?.For, ["node"] = post?.Node, ["reason"] = post?.Reason });
    }

    private async Task<IResult> ChangeAsync(ConsoleRequest request, string tool, Dictionary<string, string?> arguments)
    {
        arguments["name"] = request.Route("name");
        return Results.Json(Permits.Answer(await permits.InvokeAsync(request.Who, tool, arguments, request.Aborted)), Json.Options);
    }
}
