using ChatOps.Fleet;

namespace ChatOps.Tools.Nodes;

/// <summary>Makes a join token.</summary>
internal sealed partial class NodeTokenCreateTool(IFleetMembers members) : ITool
{
    private static readonly TimeSpan MaxLifetime = TimeSpan.FromHours(24);

    public ToolManifest Manifest => Definition;

    public async ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var assessment = await ToolRisk.Change("fleet.join", "It lets a machine join the fleet.", "Make a join token", $"node token create {call.Arguments.Text("label")}".TrimEnd());
        return assessment with { Problem = LabelText.TryRead(call.Arguments.Text("label"), false, out _, out var problem) ? null : problem };
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        var lifetime = call.Arguments.Duration("ttl")!.Value;
        if (lifetime > MaxLifetime) return ToolAnswer.Failed(FailureCode.BadArguments, "A join token lasts at most 24h.");
        LabelText.TryRead(call.Arguments.Text("label"), false, out var labels, out _);
        var invitation = await members.InviteAsync(lifetime, labels.ToDictionary(l => l.Key, l => l.Value!), call.Principal.Id, cancellationToken);
        return ToolAnswer.Done(
            $"A join token for one machine, until {invitation.ExpiresAt:HH:mm} UTC. It is shown once. On the machine: chatops node --relay URL --join TOKEN",
            new { labels, expiresAt = invitation.ExpiresAt }) with { OneTimeSecret = invitation.Token };
    }
}
