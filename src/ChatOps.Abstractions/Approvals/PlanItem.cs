using ChatOps.Policy;

namespace ChatOps.Approvals;

/// <summary>One invocation of a plan, exactly as it will run.</summary>
/// <param name="InvocationId">Its id.</param>
/// <param name="Tool">Tool.</param>
/// <param name="ArgumentsJson">Canonical arguments.</param>
/// <param name="Targets">Resolved node names, sorted; empty for the gateway itself.</param>
/// <param name="Risk">Assessed risk.</param>
/// <param name="Rule">The rule behind the risk.</param>
/// <param name="Reason">Why it is that risky.</param>
/// <param name="Title">Action and scope for people.</param>
/// <param name="Preview">Exactly what will run: command, diff.</param>
/// <param name="RunsAs">OS user, working directory and timeout, labelled.</param>
public sealed record PlanItem(
    string InvocationId,
    string Tool,
    string ArgumentsJson,
    IReadOnlyList<string> Targets,
    Risk Risk,
    string Rule,
    string Reason,
    string Title,
    string Preview,
    IReadOnlyDictionary<string, string> RunsAs);
