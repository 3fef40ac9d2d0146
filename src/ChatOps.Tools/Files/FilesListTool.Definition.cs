namespace ChatOps.Tools.Files;

internal sealed partial class FilesListTool
{
    public static readonly ToolManifest Definition = new("files_list", "files", "List a directory.", ["files list"],
    [
        FileParameters.Path with { Required = false, Default = "." },
        FileParameters.On,
    ]) { OnlyReads = true, TargetParameter = "on", ReadsOutside = true, Examples = ["files list", "files list app"] };
}
