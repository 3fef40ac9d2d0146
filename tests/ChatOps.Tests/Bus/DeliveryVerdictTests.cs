using ChatOps.Bus;
using ChatOps.Channels;
using ChatOps.Storage;

namespace ChatOps.Tests.Bus;

public sealed class DeliveryVerdictTests
{
    private static readonly DeliveryOptions Options = new();

    [Fact]
    public void What_was_sent_is_sent() =>
        Assert.Equal(new DeliveryEnd(OutboxState.Sent, "p1"), Judge(new SendResult(SendStatus.Sent, "p1")));

    [Theory]
    [InlineData(SendStatus.Retry)]
    [InlineData(SendStatus.Ambiguous)]
    public void The_platforms_delay_is_honoured_to_the_tick_even_when_longer_than_ours(SendStatus status)
    {
        var asked = Options.MaxRetryDelay * 3;
        Assert.Equal((OutboxState.Pending, asked), (Judge(new SendResult(status, RetryAfter: asked)).State, Judge(new SendResult(status, RetryAfter: asked)).Delay));
    }

    [Fact]
    public void A_delay_of_zero_is_not_taken_as_leave_to_hammer() =>
        Assert.True(Judge(new SendResult(SendStatus.Retry, RetryAfter: TimeSpan.Zero)).Delay > TimeSpan.Zero);

    [Fact]
    public void An_unknown_end_that_must_not_be_repeated_is_terminal()
    {
        var end = DeliveryVerdict.Judge(new SendResult(SendStatus.Ambiguous), RepeatRule.Never, 1, TimeSpan.Zero, Options, 0.5);
        Assert.Equal(OutboxState.Unknown, end.State);
        Assert.NotNull(end.Error);
    }

    [Fact]
    public void An_unknown_end_that_may_be_repeated_once_waits_and_is_marked()
    {
        var end = DeliveryVerdict.Judge(new SendResult(SendStatus.Ambiguous), RepeatRule.OnceMarked, 1, TimeSpan.Zero, Options, 0.5);
        Assert.Equal((OutboxState.Pending, true), (end.State, end.Doubtful));
        Assert.False(DeliveryVerdict.Judge(new SendResult(SendStatus.Retry), RepeatRule.OnceMarked, 1, TimeSpan.Zero, Options, 0.5).Doubtful);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_platform_that_says_that_it_failed_is_tried_again_however_often_so_that_an_outage_loses_nothing(bool mayRepeat)
    {
        var rule = mayRepeat ? RepeatRule.OnceMarked : RepeatRule.Never;
        var end = DeliveryVerdict.Judge(new SendResult(SendStatus.Ambiguous) { SaidFailed = true }, rule, 7, TimeSpan.FromMinutes(1), Options, 0.5);
        Assert.Equal((OutboxState.Pending, false), (end.State, end.Doubtful));
        Assert.Equal(OutboxState.Failed, DeliveryVerdict.Judge(new SendResult(SendStatus.Ambiguous) { SaidFailed = true }, rule, 7, Options.MaxAge, Options, 0.5).State);
    }

    [Theory]
    [InlineData(SendStatus.Retry)]
    [InlineData(SendStatus.Ambiguous)]
    [InlineData(SendStatus.Rejected)]
    public void Parts_that_arrived_are_kept(SendStatus status) => Assert.Equal("1,2", Judge(new SendResult(status, "1,2")).PlatformId);

    [Fact]
    public void A_reason_of_any_length_is_kept_short() =>
        Assert.Equal(500, Judge(new SendResult(SendStatus.Rejected, Reason: new string('x', 100_000))).Error!.Length);

    [Fact]
    public void A_status_that_nobody_has_thought_of_is_a_bug_and_not_a_success() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Judge(new SendResult((SendStatus)99)));

    private static DeliveryEnd Judge(SendResult result) => DeliveryVerdict.Judge(result, RepeatRule.Always, 1, TimeSpan.Zero, Options, 0.5);
}
