using System.Globalization;
using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Policy;

namespace ChatOps.Tools.Web;

/// <summary>Reads an address. A host that the operator listed is a read; any other asks a person, because an address can carry data out.</summary>
internal sealed partial class HttpGetTool(IEgress egress, ToolsOptions options, TimeProvider time) : ITool, IDisposable
{
    /// <summary>Characters of one answer.</summary>
    public const int MaxCharacters = 20_000;

    private static readonly IReadOnlyDictionary<string, string> AsGateway = new Dictionary<string, string>();

    private readonly WebReader reader = new(egress, time);

    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var text = call.Arguments.Required("url");
        var sound = WebAddress.TryParse(text, out var address, out var problem);
        var listed = sound && options.Web.Lists(address!.Host);
        return ValueTask.FromResult(new ToolAssessment(
            listed || !sound ? Risk.Read : Risk.Change, listed ? "web.listed" : "web.unlisted",
            listed ? "The host is in Web:Allow, and it only reads." : "The host is not in Web:Allow, and an address can carry data out.",
            $"Read {(sound ? address!.Host : "an address")}", sound ? address!.AbsoluteUri : text, AsGateway) { Problem = problem });
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        if (!WebAddress.TryParse(call.Arguments.Required("url"), out var address, out var problem)) return ToolAnswer.Refused(FailureCode.BadArguments, problem);
        try
        {
            var page = await reader.ReadAsync(address, next => WhyNot(address, next), cancellationToken);
            return Answer(page, (int)Math.Clamp(call.Arguments.Number("from") ?? 0, 0, int.MaxValue));
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

    public void Dispose() => reader.Dispose();

    // What a person or the operator allowed is this host; where it points is somebody else's wish.
    private string? WhyNot(Uri asked, Uri next) => options.Web.Lists(next.Host) || next.Host.Equals(asked.Host, StringComparison.OrdinalIgnoreCase)
        ? null : $"{next.Host} is not in Web:Allow; ask for that address itself, so that a person can decide.";

    private static ToolResult Answer(WebPage page, int from)
    {
        var text = from >= page.Text.Length ? "" : page.Text[from..Math.Min(page.Text.Length, from + MaxCharacters)];
        var until = from + text.Length;
        var more = until < page.Text.Length;
        var notes = string.Create(CultureInfo.InvariantCulture, $"status {page.Status} · {page.Type} · characters {from} to {until} of {page.Text.Length}") +
            (more ? string.Create(CultureInfo.InvariantCulture, $" · read on with --from {until}") : "") + (page.Complete ? "" : $" · only the first {WebReader.MaxBytes / 1024 / 1024} MiB were read");
        var summary = $"{page.Address.Host} answered {page.Status}" + (page.Title.Length == 0 ? "." : $": {page.Title}");
        var message = new RichMessage([new FieldsBlock([new("Address", page.Address.AbsoluteUri), new("Title", page.Title.Length == 0 ? "none" : page.Title), new("Read", notes)]), new CodeBlock(text)]);
        var data = Json.Write(new { address = page.Address.AbsoluteUri, status = page.Status, type = page.Type, title = page.Title, text, from, until, length = page.Text.Length, complete = page.Complete });
        return page.Status is >= 200 and < 300
            ? new ToolResult(InvocationStatus.Done, summary, message, data)
            : new ToolResult(InvocationStatus.Failed, summary, message, data, FailureCode.ToolFailed);
    }
}
