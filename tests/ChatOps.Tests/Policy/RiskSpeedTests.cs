using ChatOps.Testing;

namespace ChatOps.Tests.Policy;

/// <summary>Judging is cheap for every line. The best of several runs counts.</summary>
public sealed class RiskSpeedTests
{
    private const int Size = 64 * 1024;

    public static TheoryData<string> Hostile() =>
    [
        "a", "a ", "ls ; ", "ls | ", "'", "\"", "`", "\\", "$(", "$((", "${", "(", "{ ", "<(", "<<a ", "*", "?*", "[", "[a]", "/", "/a", "/*", "../", "{a,", "$x", "!", "sudo ", "sudo -x ", "xargs ", "sh -c ", "env A=b ", "timeout 5 ", "find . -exec ", "cat /*/*/*/* ", "cat *a*a*a*a*a ", "cat *a*e*s* ", "cat /*a/*a/*a/*a/*a ", "\n", "#", "if true; then ", "f(){ ", "|", "&", ";", ">", "> x ", "kubectl exec x -- ", "\0", "é",
    ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_hostile_line_of_64_KiB_takes_milliseconds(string piece)
    {
        var line = string.Concat(Enumerable.Repeat(piece, Size / piece.Length));
        foreach (var variant in new[] { line, "ls " + line[..^8], "awk '" + line[..^16].Replace('\'', ' ') + "'", "sed '" + line[..^16].Replace('\'', ' ') + "'" })
            {
            var milliseconds = Best(variant);
            Assert.True(milliseconds < 40, $"{piece}: {milliseconds} ms");
        }
    }

    [Fact]
    public void An_everyday_line_takes_microseconds()
    {
        var lines = EverydayLinesTests.Reads().Select(row => row.Data).ToList();
        foreach (var line in lines) PolicyUnderTest.Risk.Assess(line);
        var times = new List<double>();
        for (var round = 0; round < 20; round++)
        {
            foreach (var line in lines)
            {
                times.Add(ThreadTime.Of(() => PolicyUnderTest.Risk.Assess(line)).TotalMicroseconds);
            }
        }

        times.Sort();
        Assert.True(times[times.Count / 2] < 100, $"p50 {times[times.Count / 2]} µs");
    }

    private static double Best(string line)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            best = Math.Min(best, ThreadTime.Of(() => PolicyUnderTest.Risk.Assess(line)).TotalMilliseconds);
        }

        return best;
    }
}
