namespace ChatOps.Tools.Web;

internal sealed partial class HttpGetTool
{
    public static readonly ToolManifest Definition = new("http_get", "web", "Read a web page or a text from an address, as plain text.", ["web get"],
    [
        new("url", ParameterKind.Text, "The address: https://example.org/page.", Required: true, Position: 0),
        new("from", ParameterKind.Number, "The character of the text to begin at, from 0, to read on in a long one."),
    ])
    {
        ReadsOutside = true,
        OnlyReads = true,
        Examples = ["web get https://example.org/status", "web get https://example.org/long --from 20000"],
    };
}
