namespace ChatOps.Tools.Memory;

internal sealed partial class MemoryAddTool
{
    public static readonly ToolManifest Definition = new("memory_add", "memory", "Remember a fact over conversations: one sentence, no secret, no instruction.", ["memory add"],
    [
        new("text", ParameterKind.Text, "The fact, at most 500 characters.", Required: true, Position: 0),
        MemoryParameters.Shared,
    ])
    {
        Examples = ["memory add \"checkout runs on web-1 and web-2\"", "memory add --shared \"nothing is deployed on Fridays\""],
    };
}
