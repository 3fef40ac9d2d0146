namespace ChatOps.Tools.Services;

internal sealed partial class ServiceTool
{
    public static readonly ToolManifest Definition = new("service", "machines", "Show or change a service of nodes: systemd, or OpenRC or init scripts where there is no systemd.", ["service"],
    [
        new("action", ParameterKind.Choice, "What to do: status, start, stop, restart, reload, enable or disable.", Required: true, Position: 0, Choices: ServiceAction.Names),
        new("name", ParameterKind.Text, "The service, such as nginx.", Required: true, Position: 1),
        new("on", ParameterKind.Selector, "Which nodes: a name (local), labels (env=prod,role=web) or all.", Required: true),
        new("after", ParameterKind.Choice, "With status: fail where the service is not what this action is for.", Choices: ServiceAction.Changes),
        new("timeout", ParameterKind.Duration, "Stop waiting for it on a node after this time (for example 30s or 5m)."),
    ])
    {
        TargetParameter = "on", ReadsOutside = true, IsJob = true, Examples = ["service status nginx --on role=web", "service restart nginx --on web-1", "service status nginx --on web-1 --after restart"],
        PostCondition = new("the service is what was asked for", (call, node) => new PostCheck("service", new Dictionary<string, string>
        {
            ["action"] = ServiceAction.Status, ["name"] = call.Arguments.Required("name"), ["on"] = $"node={node!.Name}", ["after"] = call.Arguments.Required("action"),
        })),
    };
}
