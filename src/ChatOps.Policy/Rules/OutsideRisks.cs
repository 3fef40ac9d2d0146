using ChatOps.Outside;

namespace ChatOps.Policy.Rules;

/// <summary>The risks under <c>mcp:</c> in policy.yaml.</summary>
internal sealed class OutsideRisks(PolicySource source) : IOutsideRisks
{
    public (Risk Risk, string Place)? Of(string tool) => source.Current.Outside.TryGetValue(tool, out var risk) ? risk : null;
}
