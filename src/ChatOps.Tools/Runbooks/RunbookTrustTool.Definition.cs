namespace ChatOps.Tools.Runbooks;

internal sealed partial class RunbookTrustTool
{
    public static readonly ToolManifest Definition = new("runbook_trust", "runbooks", "Decide how far a runbook note may go by itself: up by one step and only on its record, down as far as you like.", ["runbook trust"],
    [
        new("name", ParameterKind.Text, "The note's name.", Required: true, Position: 0),
        new("level", ParameterKind.Choice, "How far: observe (named), suggest (steps shown), approve (proposed with a card), auto (runs as the rules let it).", Required: true, Position: 1, Choices: ["observe", "suggest", "approve", "auto"]),
        new("reason", ParameterKind.Text, "Why, for the record."),
    ])
    {
        NeverAsks = true,
        Examples = ["runbook trust disk-full auto --reason \"five clean runs\"", "runbook trust disk-full observe"],
    };
}
