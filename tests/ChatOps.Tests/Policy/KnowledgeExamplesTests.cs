using ChatOps.Policy;

namespace ChatOps.Tests.Policy;

/// <summary>Every entry of the knowledge files says what it means by examples, and means it.</summary>
public sealed class KnowledgeExamplesTests
{
    public static TheoryData<string, string, string> Examples()
    {
        var data = new TheoryData<string, string, string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in PolicyUnderTest.BuiltIn.Commands.Values)
        {
            foreach (var (line, risk) in entry.Examples)
                if (seen.Add(line)) data.Add(entry.Name, line, risk?.ToString() ?? "asks");
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_has_the_risk_that_the_knowledge_says(string entry, string line, string expected)
    {
        var assessment = PolicyUnderTest.Risk.Assess(line);
        var said = $"{entry}: '{line}' is {assessment.Risk} under {assessment.Rule}: {assessment.Reason}";
        if (expected == "asks") Assert.True(assessment.Risk is Risk.Change or Risk.Dangerous, said);
        else Assert.True(assessment.Risk.ToString() == expected, said);
        if (assessment.Risk == Risk.Read) Assert.NotNull(assessment.Program);
    }

    [Fact]
    public void There_are_at_least_120_commands_and_each_has_two_examples()
    {
        Assert.True(PolicyUnderTest.BuiltIn.Commands.Count >= 120);
        Assert.All(PolicyUnderTest.BuiltIn.Commands.Values, entry =>
            Assert.True(entry.Examples.Count >= (entry.Risk == Risk.Read ? 2 : 1), entry.Name));
    }

    [Fact]
    public void Every_command_that_can_only_read_has_an_example_that_asks()
    {
        var readers = PolicyUnderTest.BuiltIn.Commands.Values.Where(e => e.Examples.Any(x => x.Risk == Risk.Read)).ToList();
        Assert.True(readers.Count >= 120, $"{readers.Count} commands can read");
        Assert.All(readers, entry => Assert.Contains(entry.Examples, x => x.Risk != Risk.Read));
    }
}
