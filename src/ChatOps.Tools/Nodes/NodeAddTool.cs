using ChatOps.Fleet;

namespace ChatOps.Tools.Nodes;

/// <summary>Adds a machine that is reached by the system's OpenSSH client. It asks like any change: what runs on the fleet then runs there too.</summary>
internal sealed partial class NodeAddTool(IFleetMembers members) : ITool
{
    private const int MaxPort = 65535;

    public ToolManifest Manifest => Definition;

    public async ValueTask<ToolAssessment> AssessAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var address = Address(call);
        var name = call.Arguments.Required("name");
        var key = call.Arguments.Text("host_key");
        var assessment = await ToolRisk.Change(
            "fleet.add", "What runs on the fleet then runs on this machine too.", $"Add {name}, reached by ssh {address}",
            $"node add {name} --ssh {address.Destination}{(key is null ? "" : $" --host-key {key}")}");
        return assessment with { Problem = LabelText.TryRead(call.Arguments.Text("label"), false, out _, out var problem) ? null : problem };
    }

    public async Task<ToolResult> RunAsync(ToolCall call, IToolProgress progress, CancellationToken cancellationToken)
    {
        LabelText.TryRead(call.Arguments.Text("label"), false, out var labels, out _);
        var name = call.Arguments.Required("name");
        var address = Address(call);
        var problem = await members.AddSshAsync(
            name, address, labels.ToDictionary(l => l.Key, l => l.Value!), call.Arguments.Text("host_key"), call.Principal.Id, cancellationToken);
        return problem is null
            ? ToolAnswer.Done($"{name} is a node now, reached by ssh {address}.", new { name, ssh = address.Destination, labels })
            : ToolAnswer.Failed(FailureCode.BadArguments, problem);
    }

    private static SshAddress Address(ToolCall call) => new(
        call.Arguments.Required("ssh"), call.Arguments.Number("port") is { } port ? (int)Math.Clamp(port, 0, MaxPort + 1) : null,
        call.Arguments.Text("identity"), call.Arguments.Text("jump"));
}
