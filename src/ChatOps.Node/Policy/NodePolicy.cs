using System.IO.Enumeration;
using ChatOps.Fleet;
using ChatOps.Fleet.Frames;
using ChatOps.Policy;

namespace ChatOps.Node.Policy;

/// <summary>
/// What the gateway may ask this machine for. It can only be stricter than the gateway: what it allows still needs the gateway's signature.
/// </summary>
/// <param name="Read">For what only reads.</param>
/// <param name="Change">For what changes something.</param>
/// <param name="Dangerous">For what is destructive.</param>
/// <param name="Rules">About programs; for each program of a command the first that matches decides, and the strictest of all programs.</param>
internal sealed record NodePolicy(NodeVerdict Read, NodeVerdict Change, NodeVerdict Dangerous, IReadOnlyList<NodeRule> Rules)
{
    private const string Shell = "sh";
    private const string PutFile = "put_file";

    /// <summary>Without a file: reads run, everything else needs an approval or a standing grant.</summary>
    public static NodePolicy Default { get; } = new(NodeVerdict.Allow, NodeVerdict.Approval, NodeVerdict.Approval, []);

    /// <summary>In a few words, for people who look at the node from the gateway.</summary>
    public string Summary =>
        Change == NodeVerdict.Allow || Dangerous == NodeVerdict.Allow || Rules.Any(r => r is { Program: "*", Risk: not Risk.Read, Then: NodeVerdict.Allow }) ? NodeFact.ChangesAtWill
        : Rules.Any(r => r is { Risk: not Risk.Read, Then: NodeVerdict.Allow }) ? "some programs change without an approval"
        : "changes need an approval";

    /// <summary>Why a plan is refused; <see langword="null"/> when it may run.</summary>
    public string? Refusal(ExecutionPlan plan)
    {
        // Only what runs without a shell was proven to read: a shell would read the words anew.
        var risk = plan.Risk == Risk.Read && plan.Program is null ? Risk.Change : plan.Risk;
        foreach (var program in Programs(plan))
        {
            switch (Judge(program, risk))
            {
                case NodeVerdict.Allow:
                    break;
                case NodeVerdict.Approval when plan.Approval is not null:
                    break;
                case NodeVerdict.Approval:
                    return $"This node's policy wants an approval for '{program}' at risk {risk.ToString().ToLowerInvariant()}, and the gateway's grant names none.";
                default:
                    return $"This node's policy never lets the gateway run '{program}' at risk {risk.ToString().ToLowerInvariant()}.";
            }
        }

        return null;
    }

    private static IEnumerable<string> Programs(ExecutionPlan plan) =>
        (plan.Program is null ? [Shell] : plan.Program.Pipelines.SelectMany(p => p.Commands).Select(c => c.Words.Count == 0 ? "" : c.Words[0].Text).Distinct())
        .Concat(plan.Input is null ? [] : [PutFile]);

    private NodeVerdict Judge(string program, Risk risk)
    {
        var name = Path.GetFileName(program);
        var rule = Rules.FirstOrDefault(r => (r.Risk is null || r.Risk == risk)
            && (FileSystemName.MatchesSimpleExpression(r.Program, name, ignoreCase: false) || FileSystemName.MatchesSimpleExpression(r.Program, program, ignoreCase: false)));
        return rule?.Then ?? risk switch
        {
            Risk.Read => Read,
            Risk.Change => Change,
            Risk.Dangerous => Dangerous,
            _ => NodeVerdict.Never,
        };
    }
}
