using ChatOps.Channels.Web;
using ChatOps.Messages;
using ChatOps.Testing;

namespace ChatOps.Channels.Tests.Web;

public sealed class ProgressPaceTests : IDisposable
{
    private readonly FakeTimeProvider clock = new();
    private readonly ProgressPace pace;
    private readonly List<string> shown = [];

    public ProgressPaceTests() => pace = new ProgressPace(new WebOptions(), clock);

    public void Dispose() => pace.Dispose();

    [Fact]
    public void A_thousand_states_in_a_second_are_shown_twenty_times_the_first_at_once_and_the_newest_last()
    {
        for (var i = 0; i <= 1000; i++)
        {
            Show("m1", $"{i}");
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        clock.Advance(TimeSpan.FromMilliseconds(50));
        Assert.InRange(shown.Count, 20, 22);
        Assert.Equal(("0", "49", "1000"), (shown[0], shown[1], shown[^1]));
    }

    [Fact]
    public void Messages_do_not_slow_each_other_down()
    {
        for (var i = 0; i < 10; i++) Show($"m{i}", "first");
        Assert.Equal(10, shown.Count);
    }

    [Fact]
    public void A_quiet_message_leaves_no_timer_behind()
    {
        Show("m1", "10 %");
        Show("m1", "20 %");
        clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(["10 %", "20 %"], shown);
        Assert.Equal(0, clock.WaitingTimers);
    }

    [Fact]
    public void What_waits_is_forgotten_when_the_message_has_a_lasting_state()
    {
        Show("m1", "10 %");
        Show("m1", "20 %");
        pace.Forget("m1");
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["10 %"], shown);
    }

    private void Show(string messageId, string text) =>
        pace.Show(messageId, RichMessage.Text(text), content => shown.Add(((TextBlock)content.Blocks[0]).Markdown));
}
