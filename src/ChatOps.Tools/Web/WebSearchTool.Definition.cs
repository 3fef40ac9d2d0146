namespace ChatOps.Tools.Web;

internal sealed partial class WebSearchTool
{
    public static readonly ToolManifest Definition = new("web_search", "web", "Search the web: titles, addresses and extracts.", ["web search"],
    [
        new("query", ParameterKind.Text, "What to search for; nothing confidential, it goes to the search service.", Required: true, Position: 0),
        new("count", ParameterKind.Number, "How many results: 1 to 10.", Default: "5"),
    ])
    {
        ReadsOutside = true,
        OnlyReads = true,
        Examples = ["web search \"nginx upstream timed out 110\""],
    };
}
