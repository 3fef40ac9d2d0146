namespace ChatOps.Tools.PolicyTools;

internal sealed partial class PolicyExplainTool
{
    public static readonly ToolManifest Definition = new("policy_explain", "policy", "What the gate would think of a command line, and why.", ["policy explain"],
    [
        new("command_line", ParameterKind.CommandLine, "The command line.", Required: true, Position: 0),
    ]) { Recorded = false, ForEverybody = true, Examples = ["policy explain rm -rf build"] };
}
