using ChatOps.Tools;
using Microsoft.AspNetCore.Http;

namespace ChatOps.Host.Api;

/// <summary>What an invocation shows while it runs, line by line, and its outcome as the last line.</summary>
/// <param name="follow">Follows it; the outcome is where it is then.</param>
internal sealed class StreamedOutcome(Func<IToolProgress, CancellationToken, Task<InvocationOutcome>> follow) : IResult
{
    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var lines = new JsonLines();
        var run = RunAsync(lines, httpContext.RequestAborted);
        await lines.WriteToAsync(httpContext);
        await run;
    }

    private async Task RunAsync(JsonLines lines, CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await follow(new StreamedProgress(lines), cancellationToken);
            await lines.SendAsync(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("event", "outcome");
                writer.WriteNumber("httpStatus", ToolsApi.StatusOf(outcome));
                writer.WritePropertyName("outcome");
                OutcomeJson.Write(writer, outcome);
                writer.WriteEndObject();
            }, cancellationToken);
        }
        finally
        {
            lines.Complete();
        }
    }
}
