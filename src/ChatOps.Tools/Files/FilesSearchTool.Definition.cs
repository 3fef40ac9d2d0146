namespace ChatOps.Tools.Files;

internal sealed partial class FilesSearchTool
{
    public static readonly ToolManifest Definition = new("files_search", "files", "Find text in files.", ["files search"],
    [
        new("text", ParameterKind.Text, "What to find.", Required: true, Position: 0),
        new("path", ParameterKind.Text, "Where to look, below the files root.", Position: 1, Default: "."),
        new("regex", ParameterKind.Flag, "Read the text as a regular expression."),
        new("limit", ParameterKind.Number, "At most so many matches.", Default: "100"),
        FileParameters.On,
    ]) { OnlyReads = true, TargetParameter = "on", ReadsOutside = true, Examples = ["files search timeout app", "files search 'port: [0-9]+' --regex"] };
}
