namespace ChatOps.Tools.Access;

internal sealed partial class WhoAmITool
{
    public static readonly ToolManifest Definition = new("access_whoami", "access", "Who you are here, and what you may do.", ["access whoami", "whoami"], [])
    {
        Recorded = false,
        ForEverybody = true,
        Examples = ["whoami"],
    };
}
