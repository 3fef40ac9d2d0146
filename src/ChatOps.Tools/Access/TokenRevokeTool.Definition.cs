namespace ChatOps.Tools.Access;

internal sealed partial class TokenRevokeTool
{
    public static readonly ToolManifest Definition = new("access_token_revoke", "access", "End an API token at once.", ["access token revoke"],
    [
        new("id", ParameterKind.Text, "The token's id from the list.", Required: true, Position: 0),
    ]) { NeverAsks = true, Examples = ["access token revoke 3fa94c01"] };
}
