namespace ChatOps.Tools.Replay;

internal sealed partial class ReplayTool
{
    public static readonly ToolManifest Definition = new("replay", "replay",
        "Run a recorded conversation again, against another model or another policy, and show what differs. Nothing is executed: calls get their recorded results.", ["replay"],
    [
        new("conversation", ParameterKind.Text, "The conversation, as the audit names it: web/NAME, telegram/CHAT, …", Required: true, Position: 0),
        new("model", ParameterKind.Text, "The configured model that is asked, by its name; left out, the recorded calls alone are judged again."),
        new("policy", ParameterKind.Text, "A policy.yaml that judges the calls instead of the one in force: its path on a command line; over HTTP the id of an upload.") { IsUpload = true },
        new("turns", ParameterKind.Number, "How many of its newest turns: 1 to 100.", Default: "20"),
    ])
    {
        // Whether a model is good enough is not a question for a model.
        NeverAsks = true, OnlyReads = true, ReadsOutside = true,
        Examples = ["replay web/ops --model spare", "replay web/ops --policy stricter.yaml --turns 50"],
    };
}
