namespace ChatOps.Tools.Memory;

internal sealed partial class MemorySearchTool
{
    public static readonly ToolManifest Definition = new("memory_search", "memory", "Find what is remembered for you and for everybody by words.", ["memory search"],
    [
        new("words", ParameterKind.Text, "Words that all stand in the note.", Required: true, Position: 0) { Repeatable = true },
    ])
    {
        Recorded = false,
        Examples = ["memory search checkout"],
    };
}
