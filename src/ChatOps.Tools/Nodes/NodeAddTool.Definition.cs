namespace ChatOps.Tools.Nodes;

internal sealed partial class NodeAddTool
{
    public static readonly ToolManifest Definition = new("node_add", "fleet", "Add a machine that is reached by ssh, without a daemon of ours.", ["node add"],
    [
        new("name", ParameterKind.Text, "The node's name.", Required: true, Position: 0),
        new("ssh", ParameterKind.Text, "Where ssh goes: user@host, a host, or a name from the gateway's ssh configuration.", Required: true),
        new("port", ParameterKind.Number, "The port, when the configuration does not say it and it is not 22."),
        new("identity", ParameterKind.Text, "Path of the private key's file on the gateway's machine, when neither configuration nor agent has it."),
        new("jump", ParameterKind.Text, "A bastion to go through, user@host:port, when the configuration does not say it."),
        new("host_key", ParameterKind.Text, "Fingerprint of the host's key to accept, SHA256:…, when ssh does not know the host yet."),
        new("label", ParameterKind.Text, "A label that the machine gets, KEY=VALUE; may be given more than once.") { Repeatable = true },
    ]) { Examples = ["node add web-3 --ssh deploy@web-3.example.org --label role=web", "node add db-1 --ssh db-1 --host-key SHA256:AAAA"] };
}
