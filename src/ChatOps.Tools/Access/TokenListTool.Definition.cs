namespace ChatOps.Tools.Access;

internal sealed partial class TokenListTool
{
    public static readonly ToolManifest Definition = new("access_token_list", "access", "API tokens: name, person, last use, expiry.", ["access token list"], [])
    {
        Recorded = false,
        Examples = ["access token list"],
    };
}
