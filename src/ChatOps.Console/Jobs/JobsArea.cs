using ChatOps.Console.Components;
using ChatOps.Console.Http;
using ChatOps.Jobs;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Jobs;

/// <summary>A job with every one of its nodes, live while it runs. Cards in every channel link to it.</summary>
internal sealed class JobsArea(IJobs jobs, ShellReader shells, ConsoleRenderer renderer, NoticePages notices, Permits permits) : IConsoleArea
{
    private const string StopTool = "job_stop";

    public void Map(ConsoleRoutes routes)
    {
        routes.Get("/jobs/{id}", ShowAsync);
        routes.Post("/jobs/{id}/stop", StopAsync);
    }

    private async Task<IResult> ShowAsync(ConsoleRequest request)
    {
        // Somebody else's and an unknown one look the same.
        if (await jobs.FindAsync(request.Route("id"), request.Who.Principal, null, request.Aborted) is not { } job)
            return await notices.NotFoundAsync(request.Http, "There is no job of this id that you may see.");
        var (shell, _) = await shells.ReadAsync(request, Section.Nodes, job.Title);
        return Results.Content(await renderer.RenderAsync<JobPage>(new() { [nameof(JobPage.Shell)] = shell, [nameof(JobPage.View)] = job }), ConsoleRenderer.Html);
    }

    private async Task<IResult> StopAsync(ConsoleRequest request)
    {
        var outcome = await permits.InvokeAsync(request.Who, StopTool, new() { ["id"] = request.Route("id") }, request.Aborted);
        return Results.Json(Permits.Answer(outcome), Json.Options);
    }
}
