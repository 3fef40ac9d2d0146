using ChatOps.Policy;

namespace ChatOps.Tests.Policy;

/// <summary>What an on-call engineer types all day runs at once: a gate that cries wolf is clicked through.</summary>
public sealed class EverydayLinesTests
{
    public static TheoryData<string> Reads() => [.. Corpus.Lines("everyday")];

    [Theory]
    [MemberData(nameof(Reads))]
    public void It_runs_at_once(string line)
    {
        var assessment = PolicyUnderTest.Risk.Assess(line);
        Assert.True(assessment.Risk == Risk.Read, $"'{line}' is {assessment.Risk} under {assessment.Rule}: {assessment.Reason}");
        Assert.NotNull(assessment.Program);
        Assert.StartsWith("read.", assessment.Rule, StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_at_least_150_of_them() => Assert.True(Reads().Count >= 150);
}
