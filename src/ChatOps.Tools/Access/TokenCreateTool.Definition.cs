namespace ChatOps.Tools.Access;

internal sealed partial class TokenCreateTool
{
    public static readonly ToolManifest Definition = new("access_token_create", "access", "Make an API token; it is shown once.", ["access token create"],
    [
        new("name", ParameterKind.Text, "What it is for.", Required: true, Position: 0),
        new("person", ParameterKind.Text, "As whom it acts; yourself when left out."),
        new("ttl", ParameterKind.Duration, "How long it works, at most 365d.", Default: "90d"),
    ]) { NeverAsks = true, Examples = ["access token create deploy-script --ttl 30d"] };
}
