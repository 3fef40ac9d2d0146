using ChatOps.Policy;

namespace ChatOps.Tests.Policy;

/// <summary>What nobody may run with any approval, however it is wrapped; and its harmless neighbours, which only ask.</summary>
public sealed class ForbiddenLinesTests
{
    public static TheoryData<string> NeverLines() => [.. Corpus.Lines("never")];

    public static TheoryData<string> NeighbourLines() => [.. Corpus.Lines("neighbours")];

    [Theory]
    [MemberData(nameof(NeverLines))]
    public void It_is_never_allowed(string line)
    {
        var assessment = PolicyUnderTest.Risk.Assess(line);
        Assert.True(assessment.Risk == Risk.Forbidden, $"'{line}' is {assessment.Risk} under {assessment.Rule}: {assessment.Reason}");
        Assert.StartsWith("forbidden.", assessment.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NeighbourLines))]
    public void A_harmless_neighbour_asks_and_is_not_refused(string line)
    {
        var assessment = PolicyUnderTest.Risk.Assess(line);
        Assert.True(assessment.Risk is Risk.Change or Risk.Dangerous, $"'{line}' is {assessment.Risk} under {assessment.Rule}: {assessment.Reason}");
    }
}
