namespace ChatOps.Tools.Memory;

/// <summary>Parameters that the tools of the memory share.</summary>
internal static class MemoryParameters
{
    public static readonly ToolParameter Shared = new("shared", ParameterKind.Flag, "What is remembered for everybody, and not for you alone.");
}
