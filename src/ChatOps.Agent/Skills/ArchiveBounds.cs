namespace ChatOps.Agent.Skills;

/// <summary>Writes what an archive holds, within bounds of count and size, and never outside its directory.</summary>
/// <param name="target">The directory.</param>
internal sealed class ArchiveBounds(string target)
{
    private const int CopyBuffer = 64 * 1024;

    private readonly string root = Path.GetFullPath(target);
    private long bytes;
    private int files;

    /// <summary>Writes one file.</summary>
    /// <returns>Why not, for people; null when it is written.</returns>
    public async Task<string?> WriteAsync(string name, Stream content, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(Path.Combine(root, name));
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal) || Path.IsPathRooted(name)) return $"'{name}' in the archive leads outside of it.";
        if (++files > SkillsOptions.MaxFiles * SkillsOptions.MaxSkills) return "The archive has too many files.";
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        var buffer = new byte[CopyBuffer];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            // What an entry says of its own size is not believed.
            bytes += read;
            if (bytes > SkillsOptions.MaxBytes) return $"The archive holds more than {SkillsOptions.MaxBytes / 1024 / 1024} MiB.";
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return null;
    }
}
