namespace ChatOps.Tools.Access;

internal sealed partial class SignInLinkTool
{
    public static readonly ToolManifest Definition = new("access_link", "access", "Make a one-time sign-in link to the web console.", ["access link"],
    [
        new("person", ParameterKind.Text, "For whom; yourself when left out.", Position: 0),
    ]) { NeverAsks = true, Examples = ["access link", "access link ana"] };
}
