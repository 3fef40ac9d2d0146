namespace ChatOps.Skills;

/// <summary>The skills there are: shipped, installed and given. Changes on disk are seen within seconds.</summary>
public interface ISkillLibrary
{
    /// <summary>All that were found, used or not, by name.</summary>
    IReadOnlyList<SkillEntry> All();

    /// <summary>One that is used.</summary>
    Skill? Find(string name);

    /// <summary>A text file of a used skill.</summary>
    /// <param name="skill">The skill.</param>
    /// <param name="file">Relative to it.</param>
    /// <returns>The text, or why there is none, for people.</returns>
    (string? Text, string? Problem) Read(Skill skill, string file);

    /// <summary>Looks at a directory: itself a skill, or one of skills.</summary>
    IReadOnlyList<SkillReport> Check(string directory);

    /// <summary>Brings a folder, an archive (.zip, .tar.gz, .tgz) or a git repository (https://…) to where it can be looked at.</summary>
    Task<StagedSkills> StageAsync(string source, CancellationToken cancellationToken);

    /// <summary>Installs a staged skill under its name, in place of one of before, and writes its hash into the lock file.</summary>
    /// <param name="staged">The skill.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="accepted">Ids of findings that the administrator accepts.</param>
    /// <param name="by">Principal.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Install(Skill staged, string source, IReadOnlyList<string> accepted, string by);

    /// <summary>Removes an installed skill; false when none of that name is installed.</summary>
    bool Remove(string name);
}
