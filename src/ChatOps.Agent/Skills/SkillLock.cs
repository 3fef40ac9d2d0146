using System.Text.Json;

namespace ChatOps.Agent.Skills;

/// <summary>What was installed, and in which form: a skill whose files are not those that somebody looked at is not used.</summary>
/// <param name="Name">The skill.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Hash">SHA-256 over its files.</param>
/// <param name="Accepted">Ids of findings that were accepted with it.</param>
/// <param name="By">Who installed it.</param>
/// <param name="At">When.</param>
internal sealed record SkillLock(string Name, string Source, string Hash, IReadOnlyList<string> Accepted, string By, DateTimeOffset At)
{
    /// <summary>The lock file, in the directory of the installed skills; it belongs into version control with them.</summary>
    public const string FileName = "skills.lock.json";

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Reads it; nothing when there is none.</summary>
    /// <exception cref="JsonException">It is not such a file.</exception>
    public static IReadOnlyList<SkillLock> Read(string directory)
    {
        var file = Path.Combine(directory, FileName);
        return File.Exists(file) ? JsonSerializer.Deserialize<List<SkillLock>>(File.ReadAllText(file), Format) ?? [] : [];
    }

    /// <summary>Puts it in the place of the one of before, whole.</summary>
    public static void Write(string directory, IEnumerable<SkillLock> locks)
    {
        Directory.CreateDirectory(directory);
        var file = Path.Combine(directory, FileName);
        File.WriteAllText(file + ".new", JsonSerializer.Serialize(locks.OrderBy(l => l.Name, StringComparer.Ordinal), Format) + "\n");
        File.Move(file + ".new", file, overwrite: true);
    }
}
