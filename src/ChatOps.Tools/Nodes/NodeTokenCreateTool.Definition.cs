namespace ChatOps.Tools.Nodes;

internal sealed partial class NodeTokenCreateTool
{
    public static readonly ToolManifest Definition = new("node_token_create", "fleet", "Make a token that lets one machine join the fleet, once.", ["node token create"],
    [
        new("ttl", ParameterKind.Duration, "How long it works, at most 24h.", Default: "30m"),
        new("label", ParameterKind.Text, "A label that the machine gets, KEY=VALUE; may be given more than once.") { Repeatable = true },
    ]) { NeverAsks = true, Examples = ["node token create", "node token create --ttl 10m --label env=prod --label role=web"] };
}
