using ChatOps.Bus;
using FsCheck;
using FsCheck.Fluent;

namespace ChatOps.Tests.Bus;

public sealed class BackoffTests
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(1);

    [Fact]
    public void Every_delay_lies_between_half_and_all_of_the_doubled_one_and_under_the_limit() =>
        Prop.ForAll<int, NormalFloat>((failures, jitter) =>
        {
            var delay = Backoff.Delay(failures, First, Most, jitter.Get);
            var full = failures <= 1 ? First : failures > 6 ? Most : First * Math.Pow(2, failures - 1);
            return delay >= full / 2 && delay <= full;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(7, 60)]
    [InlineData(int.MaxValue, 60)]
    public void It_doubles_up_to_the_limit(int failures, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Backoff.Delay(failures, First, Most, jitter: 1));
}
