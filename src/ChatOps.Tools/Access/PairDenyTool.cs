using ChatOps.Identity;

namespace ChatOps.Tools.Access;

/// <summary>Says no to a stranger.</summary>
internal sealed partial class PairDenyTool(IPairings pairings) : ITool
{
    public ToolManifest Manifest => Definition;

    public ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken) => ToolRisk.Change(
        "access.pair", "It keeps somebody out.", $"Deny the pairing code {call.Arguments.Required("code")}", $"access pair deny {call.Arguments.Required("code")}");

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var code = call.Arguments.Required("code");
        return await pairings.DenyAsync(code, call.Principal.Id, cancellationToken) is { } problem
            ? ToolAnswer.Failed(FailureCode.NotFound, problem)
            : ToolAnswer.Done("Denied. They are not answered for a day.", new { code });
    }
}
