using System.Diagnostics.Metrics;
using ChatOps.Identity;
using ChatOps.Limits;

namespace ChatOps.Tools.Gate;

/// <summary>How many calls a minute this gateway takes over the HTTP API, MCP, the command line and the console. What comes out of messages was counted there, and schedules and checks have bounds of their own.</summary>
internal sealed class CallLimits(ToolsOptions options, IPrincipals principals, IToolCatalogue tools, TimeProvider time, IMeterFactory meters)
{
    private static readonly string[] Counted = ["api", "cli", "console", InvocationRequest.Mcp];

    private readonly PersonalLimits limits = new(
        options.CallsPerMinute, options.CallsPerMinuteInAll, time,
        meters.Create("ChatOps").CreateCounter<long>("chatops.calls.limited", "{call}", "Calls of tools, and uploads, that were not taken because they came over a limit, by whose: person or all."));

    /// <summary>Takes a call into account. Whoever is not known is refused by the gate in any case.</summary>
    /// <returns>Null when it may go on.</returns>
    public OverLimit? Note(GateContext context)
    {
        var request = context.Request;
        if (!Counted.Contains(request.Source) || tools.Find(request.Tool)?.IsNeverLimited == true || principals.Resolve(request.Actor) is not { } principal) return null;
        context.Principal = principal;
        return limits.Note(principal.Id);
    }

    /// <summary>The answer to a call that came over a limit.</summary>
    public static InvocationOutcome Refuse(GateContext context, OverLimit over)
    {
        var (whose, setting) = over.OfEverybody ? ("from everybody", "Gateway:CallsPerMinuteInAll") : ("from you", "Gateway:CallsPerMinute");
        return context.Refuse(
            FailureCode.TooManyCalls,
            $"More than {over.PerMinute} calls came {whose} within a minute ({setting}), so this one was not taken, and nothing of it ran. Nor are others before {Math.Ceiling(over.TryAgain.TotalSeconds)} s from now; "
            + "call again then what is still needed. Stopping, halting, deciding and looking after what runs work all the time.",
            setting) with { RetryAfter = over.TryAgain };
    }
}
