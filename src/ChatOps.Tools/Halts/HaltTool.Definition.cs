namespace ChatOps.Tools.Halts;

internal sealed partial class HaltTool
{
    public static readonly ToolManifest Definition = new("halt", "halt", "Stop everything that changes something, at once, and let nothing of it begin until another person lifts that.", ["halt"],
    [
        new("on", ParameterKind.Selector, "Which nodes: a name (web-1) or labels (env=prod). All of them, and the gateway's own work, when not said.", Position: 0, Default: "all"),
        new("reason", ParameterKind.Text, "Why; it stands on every card."),
    ])
    {
        TargetParameter = "on",
        NeverAsks = true,
        OutOfTurn = true,
        Examples = ["halt", "halt env=prod --reason 'the deploy went wrong'"],
    };
}
