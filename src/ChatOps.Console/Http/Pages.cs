using ChatOps.Console.Components;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Console.Http;

/// <summary>Renders a page into the frame, or says inside the frame why this person may not see it.</summary>
internal sealed class Pages(ShellReader shells, ConsoleRenderer renderer, Permits permits)
{
    public async Task<IResult> ShowAsync<TPage>(ConsoleRequest request, Section section, string title, string tool, Func<Task<Dictionary<string, object?>>> read)
        where TPage : IComponent
    {
        var (shell, _) = await shells.ReadAsync(request, section, title);
        if (permits.WhyNot(request.Who.Principal, tool) is { } reason)
        {
            var refused = await renderer.RenderAsync<RefusedPage>(new() { [nameof(RefusedPage.View)] = shell, [nameof(RefusedPage.Reason)] = reason });
            return Results.Content(refused, ConsoleRenderer.Html, statusCode: StatusCodes.Status403Forbidden);
        }

        var parameters = await read();
        parameters["Shell"] = shell;
        return Results.Content(await renderer.RenderAsync<TPage>(parameters), ConsoleRenderer.Html);
    }
}
