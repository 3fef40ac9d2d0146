using ChatOps.Console.Authentication;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Console.Http;

/// <summary>The console's way to rights and effects: what a page shows needs the right to the tool that answers the same; what it changes goes through the gate.</summary>
internal sealed class Permits(IToolCatalogue tools, IAuthorizer authorizer, IToolInvoker invoker, IIdGenerator ids)
{
    private const string Source = "console";

    /// <summary>Why this person may not see what this tool shows; null when they may. An unknown tool refuses.</summary>
    public string? WhyNot(Principal person, string tool)
    {
        if (tools.Find(tool) is not { } manifest) return $"This gateway has no tool '{tool}'.";
        if (manifest.ForEverybody || authorizer.CouldUse(person, manifest.Name, manifest.Group)) return null;
        return authorizer.Decide(person, manifest.Name, manifest.Group, []).Reason;
    }

    public bool May(Principal person, string tool) => WhyNot(person, tool) is null;

    /// <summary>Takes a call through the gate.</summary>
    public Task<InvocationOutcome> InvokeAsync(SignedIn who, string tool, Dictionary<string, string?> arguments, CancellationToken cancellationToken)
    {
        var given = arguments.Where(a => !string.IsNullOrWhiteSpace(a.Value)).ToDictionary(a => a.Key, a => a.Value!);
        return invoker.InvokeAsync(new InvocationRequest(ids.NewId(), who.Actor, tool, given, Source) { IsNew = true }, NoProgress.Instance, cancellationToken);
    }

    /// <summary>An outcome as the script's answer.</summary>
    public static ActionAnswer Answer(InvocationOutcome outcome) => outcome.Status switch
    {
        InvocationStatus.Done => new(true, outcome.Result is { Message.Blocks: [TextBlock { Markdown: { } text }, ..] } ? Text.PlainMarkdown.Of(text) : outcome.Summary),
        InvocationStatus.Waiting => new(true, outcome.Summary, outcome.ApprovalId is null ? null : $"/approvals/{Uri.EscapeDataString(outcome.ApprovalId)}"),
        InvocationStatus.Running => new(true, outcome.Summary),
        _ => new(false, outcome.Summary),
    };
}
