using System.Security.Cryptography;
using System.Text;
using ChatOps.Skills;

namespace ChatOps.Agent.Skills;

/// <summary>Reads a directory as a skill: its header, its files, its hash, and what the scan finds in them. Bounded in files and bytes; links are not followed.</summary>
internal sealed class SkillReader(SkillScan scan)
{
    /// <summary>The file that makes a directory a skill.</summary>
    public const string Main = "SKILL.md";

    /// <summary>How deep its directories are walked; the format itself has one level (scripts, references, assets).</summary>
    private const int Deepest = 6;

    /// <summary>How its files are walked: hidden ones too, because what nobody sees is what the scan is for. A directory that cannot be entered is no part of the skill: nothing of it is listed, hashed or ever read.</summary>
    public static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, AttributesToSkip = 0, MaxRecursionDepth = Deepest };

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Whether a directory claims to be a skill.</summary>
    public static bool IsOne(string directory) => File.Exists(Path.Combine(directory, Main));

    /// <summary>Reads it.</summary>
    public SkillReport Read(string directory)
    {
        SkillReport Rejected(string why) => new(directory, null, why, []);
        try
        {
            var files = Files(directory, out var problem);
            if (problem is not null) return Rejected(problem);
            if (!files.Exists(f => f.Path == Main)) return Rejected($"It has no {Main}.");
            if (Text(files.Single(f => f.Path == Main).Bytes) is not { } main) return Rejected($"{Main} is not UTF-8 text.");
            var (header, wrong) = SkillHeader.Read(main);
            if (header is null) return Rejected(wrong!);
            var name = header.Fields["name"];
            if (name != Path.GetFileName(Path.TrimEndingDirectorySeparator(directory))) return Rejected($"Its name '{name}' is not its directory's.");
            var skill = new Skill(name, header.Fields["description"], directory, Hash(files), [.. files.Select(f => f.Path)])
            {
                License = header.Fields.GetValueOrDefault("license"), Compatibility = header.Fields.GetValueOrDefault("compatibility"), Metadata = header.Metadata,
                AllowedTools = header.Fields.GetValueOrDefault("allowed-tools")?.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) ?? [],
            };
            return new SkillReport(directory, skill, null, [.. scan.Header(header, main).Concat(files.SelectMany(f => scan.File(f.Path, f.Bytes, Text(f.Bytes)))).OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Rejected($"It cannot be read: {e.Message}");
        }
    }

    /// <summary>The text of bytes that are UTF-8; null for others.</summary>
    public static string? Text(byte[] bytes)
    {
        try
        {
            return bytes.AsSpan().Contains((byte)0) ? null : Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static List<(string Path, byte[] Bytes)> Files(string directory, out string? problem)
    {
        problem = null;
        var files = new List<(string Path, byte[] Bytes)>();
        var bytes = 0L;
        foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos("*", Everything))
        {
            var path = Path.GetRelativePath(directory, entry.FullName);
            if (path == ".git" || path.StartsWith(".git/", StringComparison.Ordinal)) continue;
            if (entry.LinkTarget is not null) problem = $"'{path}' is a link; a skill holds its files itself.";
            else if (entry is FileInfo { Length: > SkillsOptions.MaxFileBytes }) problem = $"'{path}' is larger than {SkillsOptions.MaxFileBytes / 1024 / 1024} MiB.";
            else if (entry is FileInfo file)
            {
                bytes += file.Length;
                files.Add((path, File.ReadAllBytes(file.FullName)));
            }

            if (files.Count > SkillsOptions.MaxFiles) problem = $"It has more than {SkillsOptions.MaxFiles} files.";
            if (bytes > SkillsOptions.MaxBytes) problem = $"It is larger than {SkillsOptions.MaxBytes / 1024 / 1024} MiB.";
            if (problem is not null) return [];
        }

        files.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return files;
    }

    // Name and length stand before each content, so that no two different trees have the same bytes.
    private static string Hash(List<(string Path, byte[] Bytes)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, bytes) in files)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{path}\0{bytes.Length}\0"));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
