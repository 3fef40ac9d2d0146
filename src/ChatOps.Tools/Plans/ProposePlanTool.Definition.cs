namespace ChatOps.Tools.Plans;

internal sealed partial class ProposePlanTool
{
    private const string Step =
        """
        {"type":"object","properties":{"tool":{"type":"string","description":"The tool's name."},"arguments":{"type":"object","description":"Its arguments."}
        """;

    private const string Required = """
        },"required":["tool","arguments"],"additionalProperties":false}
        """;

    private const string StepsSchema =
        """{"type":"array","minItems":1,"maxItems":20,"items":""" + Step
        + ""","undo":{"type":"string","description":"How a person would undo this step; empty when it cannot be undone."}""" + Required + "}";

    private const string CheckSchema =
        Step + ""","expect":{"type":"string","description":"Words that its result must hold; without them its success is enough."}""" + Required;

    public static readonly ToolManifest Definition = new("propose_plan", "plans",
        "Propose several changes for one goal as one plan: one card, one decision. Approved, its steps run in order, stop at the first that is not done, and the check runs at the end.", ["plan"],
    [
        new("goal", ParameterKind.Text, "What it is for, in one line.", Required: true),
        new("steps", ParameterKind.Text, "The steps in their order, as a JSON list of {\"tool\", \"arguments\", \"undo\"}.", Required: true) { JsonSchema = StepsSchema },
        new("check", ParameterKind.Text, "A reading call that shows whether the goal is reached, as JSON {\"tool\", \"arguments\", \"expect\"}.") { JsonSchema = CheckSchema },
    ])
    {
        // Each step asks for its own permission.
        ForEverybody = true,
        ReadsOutside = true,
        Examples = ["plan --goal 'restart the web servers' --steps '[{\"tool\":\"run\",\"arguments\":{\"command_line\":\"systemctl restart nginx\",\"on\":\"role=web\"}}]'"],
    };
}
