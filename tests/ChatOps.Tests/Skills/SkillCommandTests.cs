using ChatOps.Policy;
using ChatOps.Testing.Skills;
using ChatOps.Tests.Policy;

namespace ChatOps.Tests.Skills;

/// <summary>What the shipped skills tell a model to run is what the gate makes of it: looking runs at once or is said to ask, changing asks as the skill says.</summary>
public sealed class SkillCommandTests
{
    private const string Asks = "(asks";
    private static readonly string[] Looking = ["Look", "Judge", "Causes", "Certificates", "Check"];

    public static TheoryData<string, string> Commands() => [.. SkillCommand.All.Select(c => (c.Place, c.Line)).Distinct()];

    [Theory]
    [MemberData(nameof(Commands))]
    public void It_is_understood_and_rated_as_the_skill_says(string place, string line)
    {
        var command = SkillCommand.All.First(c => c.Place == place && c.Line == line);
        var assessment = PolicyUnderTest.Risk.Assess(line);
        var found = $"{place}: `{line}` is {assessment.Risk} under {assessment.Rule}: {assessment.Reason}";

        Assert.True(assessment.Rule != "syntax" && assessment.Risk != Risk.Forbidden, found);
        Risk? claimed = command.Claim switch { "change" => Risk.Change, "dangerous" => Risk.Dangerous, _ => null };
        // A step may look before it changes; the claim is for the worst of it.
        var worst = SkillCommand.All.Where(c => c.Place == place && c.Claim == command.Claim).Max(c => PolicyUnderTest.Risk.Assess(c.Line).Risk);
        Assert.True(claimed is null || worst == claimed, $"{found} The skill says {command.Claim}.");
        if (claimed is null && !command.IsWarning && Array.Exists(Looking, s => command.Section.StartsWith(s, StringComparison.Ordinal)) && assessment.Risk != Risk.Read)
            Assert.True(command.Context.Contains(Asks, StringComparison.Ordinal), $"{found} The skill tells to look with it and does not say that it asks.");
    }

    [Fact]
    public void They_are_found_in_every_skill() =>
        Assert.Equal(12, SkillCommand.All.Select(c => c.Place.Split('/')[0]).Distinct().Count());

    [Fact]
    public void There_are_more_than_a_hundred_of_them() => Assert.True(SkillCommand.All.Count > 100);
}
