namespace ChatOps.Tools.Access;

internal sealed partial class PairApproveTool
{
    public static readonly ToolManifest Definition = new("access_pair_approve", "access", "Let somebody in who asked with a pairing code.", ["access pair approve"],
    [
        new("code", ParameterKind.Text, "The code that they told you.", Required: true, Position: 0),
        new("role", ParameterKind.Text, "The role that they get.", Required: true),
        new("person", ParameterKind.Text, "Who it is, new or known; a new person named after them when left out."),
    ]) { Examples = ["access pair approve K7M4QX9A --role viewer", "access pair approve K7M4QX9A --role operator --person ana"] };
}
