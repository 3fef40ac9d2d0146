namespace ChatOps.Tools.Files;

internal sealed partial class FilesEditTool
{
    public static readonly ToolManifest Definition = new("files_edit", "files", "Replace a piece of text in a file.", ["files edit"],
    [
        FileParameters.Path,
        new("old", ParameterKind.Text, "The exact text to replace; it must occur once, unless --all.", Required: true, Position: 1),
        new("new", ParameterKind.Text, "What to put there.", Required: true, Position: 2),
        new("all", ParameterKind.Flag, "Replace every occurrence."),
        FileParameters.On,
    ]) { TargetParameter = "on", ReadsOutside = true, PostCondition = FileChanger.Condition, Examples = ["files edit app/config.yaml 'port: 80' 'port: 8080'"] };
}
