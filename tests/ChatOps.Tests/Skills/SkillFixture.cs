using System.Security.Cryptography;
using ChatOps.Agent.Skills;
using ChatOps.Channels;
using ChatOps.Host;
using ChatOps.Secrets;
using ChatOps.Skills;
using ChatOps.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Skills;

/// <summary>A library of skills in a directory of its own.</summary>
public sealed class SkillFixture : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly FakeTimeProvider clock = new();
    private readonly ServiceProvider services;

    /// <param name="reachable">Hosts that may be visited although they are this machine.</param>
    public SkillFixture(params IReadOnlyList<string> reachable) => services = new ServiceCollection()
        .AddSingleton<TimeProvider>(clock)
        .AddSecrets(new SecretsOptions { Key = RandomNumberGenerator.GetBytes(SecretsOptions.MinKeyLength) })
        .AddSingleton<IEgress>(new EgressGuard(new EgressOptions { Allow = reachable }))
        .AddSkills(new SkillsOptions { Shipped = In("shipped"), Installed = In("installed"), Given = In("given"), Staging = In("staging") })
        .BuildServiceProvider();

    public ISkillLibrary Library => services.GetRequiredService<ISkillLibrary>();

    public string In(string path) => directory[path];

    public void Dispose()
    {
        services.Dispose();
        directory.Dispose();
    }

    /// <summary>Lets the library look at the directories again.</summary>
    public void LookAgain() => clock.Advance(SkillsOptions.LookInterval);

    /// <summary>Writes a sound skill with a text of one's own; returns its directory.</summary>
    public string Write(string place, string name = "backups", string body = "Take a backup, then check that it can be read.", string? header = null)
    {
        var skill = In(Path.Combine(place, name));
        Directory.CreateDirectory(skill);
        File.WriteAllText(Path.Combine(skill, "SKILL.md"), (header ?? $"---\nname: {name}\ndescription: Make and try backups.\n---\n") + "\n" + body + "\n");
        return skill;
    }

    /// <summary>What the scan finds in a text of a skill.</summary>
    public IReadOnlyList<SkillFinding> Scan(string body) => Assert.Single(Library.Check(Write("scan-" + Path.GetRandomFileName(), "backups", body))).Findings;
}
