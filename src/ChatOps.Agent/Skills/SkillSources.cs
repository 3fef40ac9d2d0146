using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using ChatOps.Channels;
using ChatOps.Skills;

namespace ChatOps.Agent.Skills;

/// <summary>Brings a folder, an archive or a git repository to the staging directory. Nothing of it is run: no hooks, no submodules, no filters, no links.</summary>
internal sealed class SkillSources(SkillReader reader, IEgress egress, SkillsOptions options, TimeProvider time)
{
    private const int MaxDepth = 3;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    private static readonly Uri Nowhere = new("https://invalid.");
    private static readonly string[] Archives = [".zip", ".tar.gz", ".tgz"];

    /// <summary>The skills in a directory: itself, or those below it.</summary>
    public static IEnumerable<string> Roots(string directory)
    {
        directory = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (SkillReader.IsOne(directory)) return [directory];
        return Below(directory, 1).Order(StringComparer.Ordinal).Take(SkillsOptions.MaxSkills);
    }

    /// <summary>Copies files and directories; what is neither is left out.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var entry in new DirectoryInfo(from).EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is not null || entry.Name == ".git") continue;
            if (entry is FileInfo file) file.CopyTo(Path.Combine(to, file.Name));
            else Copy(entry.FullName, Path.Combine(to, entry.Name));
        }
    }

    /// <summary>Stages a source.</summary>
    public async Task<StagedSkills> StageAsync(string source, CancellationToken cancellationToken)
    {
        StagedSkills Nothing(string problem) => new(source, [], problem);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(SkillsOptions.FetchTime);
        var place = Path.Combine(options.Staging, Path.GetRandomFileName());
        try
        {
            Directory.CreateDirectory(place);
            Clean(place);
            var raw = Path.Combine(place, "raw");
            var problem = Uri.TryCreate(source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? await FetchAsync(address!, raw, limit.Token)
                : Directory.Exists(source) ? FromFolder(source, raw)
                : File.Exists(source) && IsArchive(source) ? await UnpackAsync(File.OpenRead(source), source, raw, limit.Token)
                : $"'{source}' is no directory, no archive ({string.Join(", ", Archives)}) and no https address of a git repository.";
            if (problem is not null) return Nothing(problem);
            var reports = Roots(raw).Select(root => reader.Read(Named(root, place))).ToList();
            return reports.Count == 0 ? Nothing($"There is no {SkillReader.Main} in it.") : new StagedSkills(source, reports, null);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Nothing($"It was not there within {SkillsOptions.FetchTime.TotalSeconds:0} seconds.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or HttpRequestException)
        {
            return Nothing($"It cannot be fetched: {e.Message}");
        }
    }

    private async Task<string?> FetchAsync(Uri address, string target, CancellationToken cancellationToken)
    {
        if (address.UserInfo.Length > 0) return "The address holds a name or password; make the repository readable for this machine instead.";
        using var client = new HttpClient(egress.CreateHandler(Nowhere)) { MaxResponseContentBufferSize = SkillsOptions.MaxBytes };
        var path = address.GetLeftPart(UriPartial.Path);
        if (IsArchive(path)) return await UnpackAsync(new MemoryStream(await client.GetByteArrayAsync(address, cancellationToken)), path, target, cancellationToken);

        // Git connects by itself: that the address may be visited is found out first.
        var repository = path.TrimEnd('/');
        using (var probe = await client.GetAsync(new Uri(repository + "/info/refs?service=git-upload-pack"), HttpCompletionOption.ResponseHeadersRead, cancellationToken))
        {
            if (!probe.IsSuccessStatusCode) return $"{repository} is no git repository that this machine may read (HTTP {(int)probe.StatusCode}).";
        }

        return await CloneAsync(repository, address.Fragment.TrimStart('#'), target, cancellationToken);
    }

    private static async Task<string?> CloneAsync(string repository, string reference, string target, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "-c", "protocol.allow=never", "-c", "protocol.https.allow=always", "-c", "protocol.http.allow=always", "-c", "http.followRedirects=false", "-c", "core.hooksPath=/dev/null",
            "-c", "core.symlinks=false", "clone", "--quiet", "--depth", "1", "--single-branch", "--no-tags", "--no-recurse-submodules", .. reference.Length > 0 ? ["--branch", reference] : Array.Empty<string>(),
            "--", repository, target,
        ];
        var start = new ProcessStartInfo("git", arguments) { RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in new Dictionary<string, string> { ["GIT_TERMINAL_PROMPT"] = "0", ["GIT_CONFIG_NOSYSTEM"] = "1", ["GIT_CONFIG_GLOBAL"] = "/dev/null", ["GIT_ASKPASS"] = "true", ["LC_ALL"] = "C" })
            start.Environment[name] = value;
        try
        {
            using var git = Process.Start(start)!;
            try
            {
                var said = await git.StandardError.ReadToEndAsync(cancellationToken);
                await git.WaitForExitAsync(cancellationToken);
                return git.ExitCode == 0 ? null : $"git could not read {repository}: {said.Trim().Split('\n')[^1]}";
            }
            finally
            {
                if (!git.HasExited) git.Kill(entireProcessTree: true);
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "git is not installed on the gateway's machine; give a folder or an archive.";
        }
    }

    private static string? FromFolder(string source, string target)
    {
        Copy(source, target);
        return null;
    }

    private static async Task<string?> UnpackAsync(Stream archive, string name, string target, CancellationToken cancellationToken)
    {
        await using var _ = archive;
        var bounds = new ArchiveBounds(target);
        if (name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read);
            foreach (var entry in zip.Entries.Where(e => !e.FullName.EndsWith('/')))
            {
                await using var content = await entry.OpenAsync(cancellationToken);
                if (await bounds.WriteAsync(entry.FullName, content, cancellationToken) is { } problem) return problem;
            }

            return null;
        }

        await using var plain = new GZipStream(archive, CompressionMode.Decompress);
        await using var tar = new TarReader(plain);
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is TarEntryType.SymbolicLink or TarEntryType.HardLink) return $"'{entry.Name}' is a link; a skill holds its files itself.";
            if (entry.DataStream is { } content && entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && await bounds.WriteAsync(entry.Name, entry.DataStream, cancellationToken) is { } problem) return problem;
        }

        return null;
    }

    // What was staged before has been looked at, or never will be.
    private void Clean(string except)
    {
        foreach (var old in Directory.EnumerateDirectories(options.Staging).Where(d => d != except && time.GetUtcNow().UtcDateTime - Directory.GetLastWriteTimeUtc(d) > KeptFor))
            Directory.Delete(old, recursive: true);
    }

    // A clone or an unpacked archive has any name; the skill's own is the one that counts.
    private static string Named(string root, string place)
    {
        var main = SkillReader.Text(File.ReadAllBytes(Path.Combine(root, SkillReader.Main)));
        var name = main is null ? null : SkillHeader.Read(main).Header?.Fields["name"];
        var target = Path.Combine(place, name ?? Path.GetFileName(root));
        if (target != root && !Directory.Exists(target)) Directory.Move(root, target);
        return target;
    }

    private static IEnumerable<string> Below(string directory, int depth)
    {
        if (depth > MaxDepth || !Directory.Exists(directory)) yield break;
        foreach (var child in new DirectoryInfo(directory).EnumerateDirectories().Where(d => d.LinkTarget is null && d.Name != ".git"))
        {
            if (SkillReader.IsOne(child.FullName)) yield return child.FullName;
            else foreach (var below in Below(child.FullName, depth + 1)) yield return below;
        }
    }

    private static bool IsArchive(string path) => Archives.Any(a => path.EndsWith(a, StringComparison.OrdinalIgnoreCase));
}
