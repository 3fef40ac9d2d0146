using ChatOps.Skills;

namespace ChatOps.Testing;

/// <summary>A library without skills, for parts that only need one to be there.</summary>
public sealed class NoSkills : ISkillLibrary
{
    public IReadOnlyList<SkillEntry> All() => [];

    public Skill? Find(string name) => null;

    public (string? Text, string? Problem) Read(Skill skill, string file) => (null, "There are no skills.");

    public IReadOnlyList<SkillReport> Check(string directory) => [];

    public Task<StagedSkills> StageAsync(string source, CancellationToken cancellationToken) => Task.FromResult(new StagedSkills(source, [], "There are no skills."));

    public void Install(Skill staged, string source, IReadOnlyList<string> accepted, string by) => throw new NotSupportedException();

    public bool Remove(string name) => false;
}
