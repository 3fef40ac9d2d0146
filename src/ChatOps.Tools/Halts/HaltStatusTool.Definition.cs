namespace ChatOps.Tools.Halts;

internal sealed partial class HaltStatusTool
{
    public static readonly ToolManifest Definition = new("halt_status", "halt", "What is halted, by whom and since when.", ["halt status"], [])
    {
        Recorded = false,
        ForEverybody = true,
        OutOfTurn = true,
        Examples = ["halt status"],
    };
}
