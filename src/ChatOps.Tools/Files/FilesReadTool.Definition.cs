namespace ChatOps.Tools.Files;

internal sealed partial class FilesReadTool
{
    public static readonly ToolManifest Definition = new("files_read", "files", "Show a text file, or some of its lines.", ["files read"],
    [
        FileParameters.Path,
        new("from", ParameterKind.Number, "First line to show, from 1."),
        new("lines", ParameterKind.Number, "How many lines to show."),
        new("sha256", ParameterKind.Text, "Fail unless the whole file has this SHA-256."),
        FileParameters.On,
    ]) { OnlyReads = true, TargetParameter = "on", ReadsOutside = true, Examples = ["files read notes.txt", "files read app/config.yaml --from 10 --lines 20"] };
}
