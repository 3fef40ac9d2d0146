namespace ChatOps.Tools.Access;

internal sealed partial class CanTool
{
    public static readonly ToolManifest Definition = new("access_can", "access", "May a person use a tool on nodes? Answers with the rule, its file and its line.", ["access can"],
    [
        new("person", ParameterKind.Text, "The person.", Required: true, Position: 0),
        new("tool", ParameterKind.Text, "The tool.", Required: true, Position: 1),
        new("on", ParameterKind.Selector, "The nodes; leave it out for tools that act on the gateway itself."),
    ]) { Recorded = false, Examples = ["access can ana run --on env=prod"] };
}
