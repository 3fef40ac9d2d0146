namespace ChatOps.Tools.Checks;

internal sealed partial class CheckSilenceTool
{
    public static readonly ToolManifest Definition = new("check_silence", "checks", "Say nothing of a check for a while; what is bad then is said when it is over.", ["check silence"],
    [
        CheckParameters.NameOrAll,
        CheckParameters.Node,
        new("for", ParameterKind.Duration, "For how long: 30m, 4h, 7d.", Default: "1h"),
        new("reason", ParameterKind.Text, "Why, for those who wonder."),
    ])
    {
        NeverAsks = true,
        Examples = ["check silence disk-root --for 2h --reason \"cleaning up\"", "check silence all --node web-1 --for 30m"],
    };
}
