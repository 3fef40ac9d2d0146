using ChatOps.Policy;

namespace ChatOps.Tests.Policy;

/// <summary>Lines that look like reading and are not, by the ways out that are known of shells, options and little languages.</summary>
public sealed class EvasionsTests
{
    public static TheoryData<string> Asks() => [.. Corpus.Lines("evasions").Distinct()];

    public static TheoryData<string> AsksEscaped() =>
    [
        "ls\nrm x", "ls\r\nrm x", "ls\rrm x", "ls\0", "ls \u001b[2K", "ls \u202e", "ls \u00a0-la", "l\\\ns", "ls \\\n-la", "cat '/etc/shadow\n'", "grep 'a\nb' x", "ls\u2028rm x", "ls \u007f", "", " ", "# only a comment",
        "cat <<EOF | sh\nrm x\nEOF", "cat <<'EOF'\n$(rm x)\nEOF", "ls # x\nrm y", "\ufeffls", "ls\vrm x", "ls\frm x",
    ];

    [Theory]
    [MemberData(nameof(Asks))]
    [MemberData(nameof(AsksEscaped))]
    public void It_does_not_run_at_once(string line)
    {
        var assessment = PolicyUnderTest.Risk.Assess(line);
        Assert.True(assessment.Risk != Risk.Read, $"'{line}' is a read under {assessment.Rule}: {assessment.Reason}");
        Assert.False(string.IsNullOrWhiteSpace(assessment.Rule));
        Assert.EndsWith(".", assessment.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_at_least_200_of_them() => Assert.True(Asks().Count >= 200);
}
