using System.Text.Json;
using ChatOps.Skills;

namespace ChatOps.Agent.Skills;

/// <summary>The skills of the three places, read again when their files change.</summary>
internal sealed class SkillLibrary(SkillReader reader, SkillSources sources, SkillsOptions options, TimeProvider time) : ISkillLibrary
{
    private readonly Lock changing = new();
    private IReadOnlyList<SkillEntry> entries = [];
    private string seen = "";
    private long? looked;

    /// <inheritdoc/>
    public IReadOnlyList<SkillEntry> All()
    {
        lock (changing)
        {
            if (looked is { } before && time.GetElapsedTime(before) < SkillsOptions.LookInterval) return entries;
            looked = time.GetTimestamp();
            var now = Signature();
            if (now == seen) return entries;
            entries = Load();
            seen = now;
            return entries;
        }
    }

    /// <inheritdoc/>
    public Skill? Find(string name) => All().FirstOrDefault(e => e.WhyNot is null && e.Name == name)?.Report.Skill;

    /// <inheritdoc/>
    public (string? Text, string? Problem) Read(Skill skill, string file)
    {
        if (!skill.Files.Contains(file)) return (null, $"{skill.Name} has no file '{file}'. It has: {string.Join(", ", skill.Files)}.");
        try
        {
            var text = SkillReader.Text(File.ReadAllBytes(Path.Combine(skill.Directory, file)));
            // What changed since it was looked at is not what was accepted.
            if (reader.Read(skill.Directory).Skill?.Hash != skill.Hash) return (null, $"{skill.Name} has changed in this moment; look at it again with 'skills show {skill.Name}'.");
            return text is null ? (null, $"'{file}' of {skill.Name} is no text.") : (text, null);
        }
        catch (IOException e)
        {
            return (null, $"'{file}' of {skill.Name} cannot be read: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<SkillReport> Check(string directory) => [.. SkillSources.Roots(directory).Select(reader.Read)];

    /// <inheritdoc/>
    public Task<StagedSkills> StageAsync(string source, CancellationToken cancellationToken) => sources.StageAsync(source, cancellationToken);

    /// <inheritdoc/>
    public void Install(Skill staged, string source, IReadOnlyList<string> accepted, string by)
    {
        lock (changing)
        {
            var target = Path.Combine(options.Installed, staged.Name);
            var locks = SkillLock.Read(options.Installed).Where(l => l.Name != staged.Name).ToList();
            // Without its entry what stands there is not used; so a crash in between leaves no skill that nobody accepted.
            SkillLock.Write(options.Installed, locks);
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            SkillSources.Copy(staged.Directory, target);
            SkillLock.Write(options.Installed, [.. locks, new(staged.Name, source, staged.Hash, accepted, by, time.GetUtcNow())]);
            looked = null;
        }
    }

    /// <inheritdoc/>
    public bool Remove(string name)
    {
        lock (changing)
        {
            var locks = SkillLock.Read(options.Installed);
            var target = Path.Combine(options.Installed, name);
            if (locks.All(l => l.Name != name) && !SkillReader.IsOne(target)) return false;
            SkillLock.Write(options.Installed, locks.Where(l => l.Name != name));
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            looked = null;
            return true;
        }
    }

    private List<SkillEntry> Load()
    {
        var (locks, broken) = Locks();
        var found = new List<SkillEntry>();
        foreach (var (directory, origin) in Places())
        {
            foreach (var report in Check(directory))
            {
                var entry = locks.FirstOrDefault(l => l.Name == report.Skill?.Name);
                var accepted = origin == SkillOrigin.Workspace ? entry?.Accepted ?? [] : [];
                var whyNot = report.Rejected
                    ?? (origin == SkillOrigin.Workspace ? WhyNotInstalled(report, entry, broken) : null)
                    ?? (report.Verdict(accepted) == SkillVerdict.Blocked ? "The scan found what harmful skills do; 'skills show' lists it." : null)
                    ?? (found.Find(f => f.WhyNot is null && f.Name == report.Skill!.Name) is { } other ? $"The one in {other.Report.Path} goes before it." : null);
                found.Add(new SkillEntry(report, origin, whyNot, accepted));
            }
        }

        return [.. found.OrderBy(e => e.Name, StringComparer.Ordinal).ThenBy(e => e.WhyNot is not null)];
    }

    private static string? WhyNotInstalled(SkillReport report, SkillLock? entry, string? broken) =>
        broken
        ?? (entry is null ? $"It was put there and not installed: chatops skills install {report.Path}"
            : entry.Hash != report.Skill!.Hash ? "Its files have changed since it was installed; a change is a new install." : null);

    private (IReadOnlyList<SkillLock> Locks, string? Broken) Locks()
    {
        try
        {
            return (SkillLock.Read(options.Installed), null);
        }
        catch (Exception e) when (e is JsonException or IOException)
        {
            return ([], $"{SkillLock.FileName} cannot be read ({e.Message}), so nothing says what was accepted.");
        }
    }

    // The operator's own go before what was shipped.
    private IEnumerable<(string Directory, SkillOrigin Origin)> Places()
    {
        if (Directory.Exists(options.Installed)) yield return (options.Installed, SkillOrigin.Workspace);
        if (options.Given is { } given && Directory.Exists(given)) yield return (given, SkillOrigin.Given);
        if (options.Shipped is { } shipped && Directory.Exists(shipped)) yield return (shipped, SkillOrigin.Shipped);
    }

    private string Signature() => string.Join('\n', Places().SelectMany(p => new DirectoryInfo(p.Directory)
        .EnumerateFiles("*", SkillReader.Everything)
        .Select(f => $"{f.FullName}|{f.Length}|{f.LastWriteTimeUtc.Ticks}").Order(StringComparer.Ordinal).Take(SkillsOptions.MaxSkills * SkillsOptions.MaxFiles)));
}
