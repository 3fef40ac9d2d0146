using ChatOps.Channels.Web;
using ChatOps.Messages;

namespace ChatOps.Channels.Tests.Web;

public sealed class WebReaderTests
{
    private const int Capacity = 16;

    private readonly WebReader reader = new(Capacity);

    [Fact]
    public async Task Changes_come_in_order()
    {
        for (var i = 0; i < Capacity; i++) Change($"m{i}");
        Assert.Equal(Enumerable.Range(0, Capacity).Select(i => $"changed m{i}"), await TakeAllAsync());
    }

    [Fact]
    public async Task One_that_cannot_follow_is_told_once_to_read_everything_and_then_goes_on()
    {
        for (var i = 0; i < 100; i++) Change($"m{i}");
        Assert.Equal(WebChatEventKind.Resync, (await reader.NextAsync(CancellationToken.None))!.Kind);
        Change("later");
        Assert.Equal(["changed later"], await TakeAllAsync());
    }

    [Fact]
    public async Task A_message_that_changes_a_thousand_times_takes_one_place()
    {
        for (var i = 0; i < 1000; i++) Change("m1");
        Change("m2");
        Assert.Equal(["changed m1", "changed m2"], await TakeAllAsync());
    }

    [Fact]
    public async Task Of_the_passing_states_of_a_message_the_newest_waits()
    {
        for (var i = 0; i < 1000; i++) Progress("m1", $"{i} %");
        Assert.Equal(["progress m1 999 %"], await TakeAllAsync());
    }

    [Fact]
    public async Task Passing_states_never_push_out_lasting_ones()
    {
        for (var i = 0; i < Capacity; i++) Change($"m{i}");
        for (var i = 0; i < 100; i++) Progress($"p{i}", "10 %");
        Assert.Equal(Enumerable.Range(0, Capacity).Select(i => $"changed m{i}"), await TakeAllAsync());
    }

    [Fact]
    public async Task A_passing_state_that_was_not_taken_is_gone_when_a_lasting_one_comes()
    {
        Change("m1");
        Progress("m1", "10 %");
        Progress("m2", "20 %");
        Change("m1");
        Assert.Equal(["changed m1", "progress m2 20 %"], await TakeAllAsync());
    }

    [Fact]
    public async Task Whoever_waits_is_woken_by_a_change_and_by_the_end()
    {
        var first = reader.NextAsync(CancellationToken.None).AsTask();
        Assert.False(first.IsCompleted);
        Change("m1");
        Assert.Equal("m1", (await first)!.Id);
        var second = reader.NextAsync(CancellationToken.None).AsTask();
        reader.End();
        Assert.Null(await second);
    }

    private void Change(string id) => reader.Tell(new WebChatEvent(WebChatEventKind.MessageChanged, id));

    private void Progress(string id, string text) => reader.Tell(new WebChatEvent(WebChatEventKind.Progress, id, RichMessage.Text(text)));

    private async Task<List<string>> TakeAllAsync()
    {
        reader.End();
        var all = new List<string>();
        while (await reader.NextAsync(CancellationToken.None) is { } change)
        {
            all.Add(change.Kind switch
            {
                WebChatEventKind.MessageChanged => $"changed {change.Id}",
                WebChatEventKind.Progress => $"progress {change.Id} {((TextBlock)change.Progress!.Blocks[0]).Markdown}",
                _ => change.Kind.ToString(),
            });
        }

        return all;
    }
}
