namespace ChatOps.Node.Installing;

/// <summary>Does the steps of an installation, says each, and leaves alone what is as it should be.</summary>
internal sealed class InstallSteps(string root, bool dryRun, TextWriter output)
{
    /// <summary>Whether anything was, or would be, changed.</summary>
    public bool Changed { get; private set; }

    /// <summary>Says something.</summary>
    public void Say(string text) => output.WriteLine(text);

    /// <summary>Writes a file with its mode.</summary>
    /// <returns>Whether it was another one before.</returns>
    public bool Write(string path, byte[] content, UnixFileMode mode)
    {
        var at = At(path);
        if (File.Exists(at) && File.GetUnixFileMode(at) == mode && File.ReadAllBytes(at).AsSpan().SequenceEqual(content))
        {
            Say($"unchanged  {path}");
            return false;
        }

        Change($"{(File.Exists(at) ? "replaced " : "written  ")}  {path} ({Convert.ToString((int)mode, 8)})", () =>
        {
            Directory.CreateDirectory(Path.GetDirectoryName(at)!);
            var part = at + ".part";
            File.Delete(part);
            using (var file = new FileStream(part, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode & (UnixFileMode.UserRead | UnixFileMode.UserWrite) }))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.SetUnixFileMode(part, mode);
            File.Move(part, at, overwrite: true);
        });
        return true;
    }

    /// <summary>Makes a directory.</summary>
    public void MakeDirectory(string path, UnixFileMode mode)
    {
        if (Directory.Exists(At(path)) && File.GetUnixFileMode(At(path)) == mode) Say($"unchanged  {path}/");
        else
        {
            Change($"made       {path}/ ({Convert.ToString((int)mode, 8)})", () =>
            {
                Directory.CreateDirectory(At(path));
                File.SetUnixFileMode(At(path), mode);
            });
        }
    }

    /// <summary>Removes a file or a directory.</summary>
    public void Remove(string path)
    {
        var at = At(path);
        if (Directory.Exists(at)) Change($"removed    {path}/", () => Directory.Delete(at, recursive: true));
        else if (File.Exists(at)) Change($"removed    {path}", () => File.Delete(at));
    }

    /// <summary>Runs a program of the machine.</summary>
    /// <returns>Whether it ended well.</returns>
    public async Task<bool> RunAsync(params string[] words)
    {
        Say($"{(dryRun ? "would run " : "ran       ")} {string.Join(' ', words)}");
        if (dryRun) return true;
        var (ok, said) = await SystemProgram.RunAsync(words);
        if (!ok) Say($"           it failed: {said}");
        return ok;
    }

    private void Change(string text, Action change)
    {
        Changed = true;
        Say(dryRun ? $"(not done) {text}" : text);
        if (!dryRun) change();
    }

    private string At(string path) => root == "/" ? path : Path.Combine(root, path.TrimStart('/'));
}
