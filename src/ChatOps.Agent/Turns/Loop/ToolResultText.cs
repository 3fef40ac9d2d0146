using System.Globalization;
using System.Text;
using ChatOps.Agent.Context;
using ChatOps.Policy;
using ChatOps.Rendering;
using ChatOps.Tools;

namespace ChatOps.Agent.Turns.Loop;

/// <summary>
/// What a model is given of an outcome: how it ended in the gateway's words, then what the tool said, in full or as head and tail. Words from outside are fenced,
/// the gateway's are not, so that a log line cannot say how a call ended.
/// </summary>
internal sealed class ToolResultText(IOutputFiles files, AgentOptions options)
{
    /// <summary>The text, and whose words from outside it holds.</summary>
    public async Task<(string Text, string? Outside)> OfAsync(InvocationOutcome outcome, ToolManifest? manifest, CancellationToken cancellationToken)
    {
        var head = Head(outcome);
        var body = outcome.Result is { } result ? PlainMessage.Of(result.Message).Trim() : "";
        if (body.Length == 0 || body == outcome.Summary) body = "";
        var outside = manifest?.ReadsOutside == true && outcome.Result is not null;
        if (outside && outcome.Summary.Length > 0) body = body.Length == 0 ? outcome.Summary : $"{outcome.Summary}\n{body}";
        else if (outcome.Summary.Length > 0) head += " " + outcome.Summary;
        if (body.Length == 0) return (head, null);
        var shown = await BoundedAsync(outcome.InvocationId, body, cancellationToken);
        if (!outside) return ($"{head}\n{shown}", null);
        var source = outcome.Title is { Length: > 0 } title ? title.ReplaceLineEndings(" ") : manifest!.Name;
        return ($"{head}\n{OutsideText.Fence(source, shown)}", source);
    }

    private static string Head(InvocationOutcome outcome)
    {
        var text = new StringBuilder($"Invocation {outcome.InvocationId}: ");
        text.Append(outcome.Status switch
        {
            InvocationStatus.Done => "done.",
            InvocationStatus.Refused => "refused, nothing ran.",
            InvocationStatus.Failed => "failed.",
            InvocationStatus.Partial => "done on some targets, failed on others.",
            InvocationStatus.Unknown => "started, but whether it had its effect is NOT known. It must not be repeated; look first.",
            _ => outcome.Status.ToString().ToLowerInvariant() + ".",
        });
        if (outcome is { Status: InvocationStatus.Done, Risk: not (null or Risk.Read), Result.Check: null }) text.Append(" Unverified: nothing has looked whether it had its effect. Look before you say that it did.");
        if (outcome.Status == InvocationStatus.Refused && outcome.Rule is { Length: > 0 } rule) text.Append(CultureInfo.InvariantCulture, $" Rule: {rule}.");
        return text.ToString();
    }

    private async Task<string> BoundedAsync(string invocationId, string body, CancellationToken cancellationToken)
    {
        if (body.Length <= options.MaxResultCharacters) return body;
        await KeepAsync(invocationId, body, cancellationToken);
        var head = TextSplitter.Split(body, options.MaxResultCharacters * 2 / 3, static t => t.Length, fenced: false)[0];
        var tail = TextSplitter.Tail(body, options.MaxResultCharacters / 3);
        var left = body.Length - head.Length - tail.Length;
        return string.Create(CultureInfo.InvariantCulture,
            $"{head}\n[… {left} characters are left out here. The whole is kept: to see more of it, call result_search with the id {invocationId} and a text, a line to begin from, or tail …]\n{tail}");
    }

    // A tool may have kept more than it shows; that is the better file.
    private async Task KeepAsync(string invocationId, string body, CancellationToken cancellationToken)
    {
        await using (var kept = files.Open(invocationId))
        {
            if (kept is not null) return;
        }

        await File.WriteAllTextAsync(files.RawPath(invocationId), body, cancellationToken);
        await files.KeepAsync(invocationId, cancellationToken);
    }
}
