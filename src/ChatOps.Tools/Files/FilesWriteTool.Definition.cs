namespace ChatOps.Tools.Files;

internal sealed partial class FilesWriteTool
{
    public static readonly ToolManifest Definition = new("files_write", "files", "Create a file, or replace its content.", ["files write"],
    [
        FileParameters.Path,
        new("content", ParameterKind.Text, "The whole new content.", Required: true, Position: 1),
        FileParameters.On,
    ]) { TargetParameter = "on", ReadsOutside = true, PostCondition = FileChanger.Condition, Examples = ["files write notes.txt 'first line'"] };
}
