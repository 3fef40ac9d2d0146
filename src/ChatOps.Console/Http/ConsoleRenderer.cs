using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace ChatOps.Console.Http;

/// <summary>Renders a component to HTML on the server: whole pages, and the fragments that live connections push.</summary>
internal sealed class ConsoleRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public const string Html = "text/html; charset=utf-8";

    public async Task<string> RenderAsync<TComponent>(Dictionary<string, object?> parameters) where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(parameters))).ToHtmlString());
    }
}
