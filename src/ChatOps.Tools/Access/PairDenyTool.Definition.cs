namespace ChatOps.Tools.Access;

internal sealed partial class PairDenyTool
{
    public static readonly ToolManifest Definition = new("access_pair_deny", "access", "Do not let somebody in who asked with a pairing code.", ["access pair deny"],
    [
        new("code", ParameterKind.Text, "The code.", Required: true, Position: 0),
    ]) { NeverAsks = true, Examples = ["access pair deny K7M4QX9A"] };
}
