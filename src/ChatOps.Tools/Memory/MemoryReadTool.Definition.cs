namespace ChatOps.Tools.Memory;

internal sealed partial class MemoryReadTool
{
    public static readonly ToolManifest Definition = new("memory_read", "memory", "Show what is remembered for you, or for everybody.", ["memory read", "memory"], [MemoryParameters.Shared])
    {
        Recorded = false,
        Examples = ["memory read", "memory read --shared"],
    };
}
