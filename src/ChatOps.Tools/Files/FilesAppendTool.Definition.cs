namespace ChatOps.Tools.Files;

internal sealed partial class FilesAppendTool
{
    public static readonly ToolManifest Definition = new("files_append", "files", "Add text at the end of a file.", ["files append"],
    [
        FileParameters.Path,
        new("content", ParameterKind.Text, "What to add.", Required: true, Position: 1),
        FileParameters.On,
    ]) { TargetParameter = "on", ReadsOutside = true, PostCondition = FileChanger.Condition, Examples = ["files append notes.txt 'one more line'"] };
}
