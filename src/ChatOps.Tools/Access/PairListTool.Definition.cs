namespace ChatOps.Tools.Access;

internal sealed partial class PairListTool
{
    public static readonly ToolManifest Definition = new("access_pair_list", "access", "Strangers who ask to be let in.", ["access pair list", "access pair"], [])
    {
        Recorded = false,
        Examples = ["access pair list"],
    };
}
