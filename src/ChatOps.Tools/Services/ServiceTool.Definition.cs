namespace ChatOps.Tools.Services;

internal sealed partial class ServiceTool
{
    public static readonly ToolManifest Definition = new("service", "machines", "Show or change a service of nodes: systemd, or OpenRC or init scripts where there is no systemd.", ["service"],
    [
        new("action", ParameterKind.Choice, "What to do: status, start, stop, restart, reload, enable or disable.", Required: true, Position: 0, Choices: ServiceAction.Names),
        new("name", ParameterKind.Text, "The service, such as nginx.", Required: true, Position: 1),
        new("on", ParameterKind.Selector, "Which nodes: a name (local), labels (env=prod,role=web) or all.", Required: true),
        new("timeout", ParameterKind.Duration, "Stop waiting for it on a node after this time (for example 30s or 5m)."),
    ])
    { TargetParameter = "on", ReadsOutside = true, IsJob = true, Examples = ["service status nginx --on role=web", "service restart nginx --on web-1"] };
}
