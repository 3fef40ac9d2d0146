using ChatOps.Configuration;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Secrets;

namespace ChatOps.Tools.Gate;

/// <summary>Who asks, for which tool, with which arguments, on which nodes.</summary>
internal sealed class ResolveStage(ToolRegistry registry, IPrincipals principals, INodes nodes, IRedactor redactor) : IGateStage
{
    /// <summary>What the redactor leaves behind; a message in a conversation is redacted before it is stored.</summary>
    private const string RedactedMark = "[redacted:";

    /// <summary>Names in a sentence.</summary>
    private const int Shown = 8;

    public async ValueTask<InvocationOutcome?> PassAsync(GateContext context, IToolProgress progress, CancellationToken cancellationToken)
    {
        var request = context.Request;
        context.Principal = principals.Resolve(request.Actor);
        if (context.Principal is null)
            return context.Refuse(FailureCode.NotAllowed, $"I do not know {request.Actor.Key}. An admin can add this identity to a person in access.yaml.", "deny unknown");

        context.Tool = registry.Find(request.Tool);
        if (context.Tool is null)
        {
            var near = NearestName.Of(request.Tool, registry.Names);
            return context.Refuse(FailureCode.UnknownTool, $"There is no tool '{request.Tool}'." + (near is null ? "" : $" Did you mean '{near}'?"));
        }

        var manifest = context.Tool.Manifest;
        if (!SelectorShortForms.TryCombine(manifest, request.Arguments, out var raw, out var problem)) return context.Refuse(FailureCode.BadArguments, problem);
        var repetition = context.Tool is IRepeatingTool repeating ? await repeating.RepeatAsync(request, context.Principal, raw, cancellationToken) : new Repetition(raw);
        if (repetition.Problem is { } why) return context.Refuse(FailureCode.BadArguments, why);
        if (!ToolArguments.TryBind(manifest, repetition.Arguments, out var arguments, out problem)) return context.Refuse(FailureCode.BadArguments, problem);
        if (arguments.Values.Values.Any(v => v.Contains(RedactedMark, StringComparison.Ordinal) || redactor.Redact(v) != v))
            return context.Refuse(FailureCode.BadArguments,
                "The arguments hold what looks like a secret. Secrets are never stored or shown, so it did not run. Keep the secret in a file or a variable on the node, and name that.",
                "no secret in arguments");

        IReadOnlyList<NodeInfo> targets = [];
        if (manifest.TargetParameter is { } parameter)
        {
            var all = nodes.All();
            if (!Selector.TryParse(arguments.Required(parameter), out var selector, out var error)) return context.Refuse(FailureCode.BadArguments, error);
            targets = selector.Of(all);
            var unknown = selector.Unknown(all, nodes.Groups);
            // What is repeated was resolved once, and a node may have gone since.
            if (unknown is not null && targets.Count > 0 && repetition.Nodes is null) return context.Refuse(FailureCode.NoTargets, $"{unknown} Nothing was started.");
            if (targets.Count == 0) return context.Refuse(FailureCode.NoTargets, NoTargets(selector, unknown, all));
            if (repetition.Nodes is { } only && (targets = [.. targets.Where(n => only.Contains(n.Name))]).Count == 0)
                return context.Refuse(FailureCode.NoTargets, $"None of the nodes to repeat it on matches '{selector}' any more: {string.Join(", ", only.Order(StringComparer.Ordinal).Take(Shown))}.");
        }

        context.Call = new ToolCall(request.Id, context.Principal, request.Actor, request.Conversation, arguments, targets) { Typed = request is { IsGenerated: false, IsSpoken: false } };
        return null;
    }

    private static string NoTargets(Selector selector, string? unknown, IReadOnlyList<NodeInfo> all)
    {
        if (unknown is not null) return $"No node matches '{selector}'. {unknown}";
        var labels = all.SelectMany(n => n.Labels).Select(l => $"{l.Key}={l.Value}").Distinct().Order(StringComparer.Ordinal).Take(Shown).ToList();
        return $"No node matches '{selector}'. There {(all.Count == 1 ? "is" : "are")}: {string.Join(", ", all.Take(Shown).Select(n => n.Name))}" +
               (all.Count > Shown ? $" and {all.Count - Shown} more" : "") + (labels.Count == 0 ? "." : $"; labels: {string.Join(", ", labels)}.");
    }
}
