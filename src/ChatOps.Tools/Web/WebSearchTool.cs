using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Secrets;

namespace ChatOps.Tools.Web;

/// <summary>Searches the web.</summary>
internal sealed partial class WebSearchTool(IEgress egress, ToolsOptions options, ISecretReferences references, IRedactor redactor, TimeProvider time) : ITool, IDisposable
{
    private const int MaxQuery = 400;

    private readonly WebSearcher searcher = new(egress, options.Search, references, redactor, time);

    public ToolManifest Manifest => Definition;

    public async ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) =>
        await ToolRisk.Read($"Search the web for {call.Arguments.Required("query")}") with { Problem = call.Arguments.Required("query").Length > MaxQuery ? $"A search has at most {MaxQuery} characters." : null };

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        try
        {
            var results = await searcher.SearchAsync(call.Arguments.Required("query"), (int)Math.Clamp(call.Arguments.Number("count") ?? 5, 1, WebSearcher.MaxResults), cancellationToken);
            if (results.Count == 0) return ToolAnswer.Done("Nothing was found.", RichMessage.Text("Nothing was found."), results);
            var blocks = results.Select(r => (Block)new CodeBlock($"{r.Address}\n{r.Extract}", r.Title));
            return ToolAnswer.Done($"{results.Count} result{(results.Count == 1 ? "" : "s")}.", new RichMessage([.. blocks]), results);
        }
        catch (WebReadException e)
        {
            return ToolAnswer.Failed(FailureCode.ToolFailed, e.Message);
        }
        catch (OperationCanceledException)
        {
            return ToolAnswer.Failed(FailureCode.Cancelled, "It was stopped.");
        }
    }

    public void Dispose() => searcher.Dispose();
}
