namespace ChatOps.Tools.Memory;

internal sealed partial class MemoryForgetTool
{
    public static readonly ToolManifest Definition = new("memory_forget", "memory", "Forget a note.", ["memory forget"],
    [
        new("id", ParameterKind.Text, "Its id, as 'memory read' shows it.", Required: true, Position: 0),
        MemoryParameters.Shared,
    ])
    {
        Examples = ["memory forget 3fa9c1"],
    };
}
