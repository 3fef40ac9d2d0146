using System.Text.Json;
using ChatOps.Console.Components;
using ChatOps.Console.Http;
using ChatOps.Messages;
using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.DeadLetters;

/// <summary>Messages that were given up: a list, and a page for each. All of it is asked of the gate: one may hold what was meant for one conversation alone, so who looks at it is recorded.</summary>
internal sealed class DeadLettersArea(Pages pages, NoticePages notices, Permits permits) : IConsoleArea
{
    private const string Path = "/dlq";
    private const string ListTool = "dlq_list";
    private const string ShowTool = "dlq_show";
    private const string RetryTool = "dlq_retry";
    private const string DropTool = "dlq_drop";

    public void Map(ConsoleRoutes routes)
    {
        routes.Get(Path, ListAsync);
        routes.Get(Path + "/{id}", ShowAsync);
        routes.Post(Path + "/{id}/retry", request => ChangeAsync(request, RetryTool));
        routes.Post(Path + "/{id}/drop", request => ChangeAsync(request, DropTool));
    }

    private Task<IResult> ListAsync(ConsoleRequest request) => pages.ShowAsync<DeadLettersPage>(request, Section.Status, "Dead letters", ListTool, async () =>
    {
        var outcome = await permits.InvokeAsync(request.Who, ListTool, [], request.Aborted);
        var letters = outcome.Status == InvocationStatus.Done ? JsonSerializer.Deserialize<DeadLetterRow[]>(outcome.Result!.DataJson, Json.Options)! : [];
        var view = new DeadLettersView(letters, outcome.Status == InvocationStatus.Done ? null : outcome.Summary, May(request, RetryTool), May(request, DropTool));
        return new() { [nameof(DeadLettersPage.View)] = view };
    });

    private async Task<IResult> ShowAsync(ConsoleRequest request)
    {
        var id = request.Route("id");
        if (!May(request, ShowTool)) return await PageAsync(new RichMessage([]));
        var outcome = await permits.InvokeAsync(request.Who, ShowTool, new() { ["id"] = id }, request.Aborted);
        if (outcome.Failure == FailureCode.NotFound) return await notices.NotFoundAsync(request.Http, "There is no dead letter of this id: it was sent again, or dropped.");
        return await PageAsync(outcome.Result?.Message ?? RichMessage.Text(outcome.Summary));

        Task<IResult> PageAsync(RichMessage content) => pages.ShowAsync<DeadLetterPage>(
            request, Section.Status, "Dead letter", ShowTool, () => Task.FromResult(new Dictionary<string, object?> { [nameof(DeadLetterPage.View)] = new DeadLetterView(id, content, May(request, RetryTool), May(request, DropTool)) }));
    }

    // Afterwards it is none any more, and its page would not be found.
    private async Task<IResult> ChangeAsync(ConsoleRequest request, string tool)
    {
        var answer = Permits.Answer(await permits.InvokeAsync(request.Who, tool, new() { ["id"] = request.Route("id") }, request.Aborted));
        return Results.Json(answer.Ok ? answer with { Href = answer.Href ?? Path } : answer, Json.Options);
    }

    private bool May(ConsoleRequest request, string tool) => permits.May(request.Who.Principal, tool);
}
