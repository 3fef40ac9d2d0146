namespace ChatOps.Tools.Results;

internal sealed partial class ResultSearchTool
{
    public static readonly ToolManifest Definition = new("result_search", "run", "Look into a result that was too long to show: its lines that hold a text, its first or last lines, or those from a number on.", ["result search"],
    [
        new("id", ParameterKind.Text, "The invocation whose result it is.", Required: true, Position: 0),
        new("text", ParameterKind.Text, "Only lines that hold this text, in whatever case.", Position: 1),
        new("from", ParameterKind.Number, "First line to look at, from 1."),
        new("tail", ParameterKind.Flag, "The last lines instead of the first."),
        new("lines", ParameterKind.Number, "How many lines at most: 1 to 200.", Default: "40"),
        new("node", ParameterKind.Text, "Of several nodes, the whole output of this one."),
    ])
    {
        // Whether they may see it is a question of whose result it is.
        ForEverybody = true, OnlyReads = true, Recorded = false, ReadsOutside = true,
        Examples = ["result search 01k9z3v5m8q2w7r4t6y1n0p3sd-1 error", "result search 01k9z3v5m8q2w7r4t6y1n0p3sd-1 --tail --lines 100"],
    };
}
