using ChatOps.Channels;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Testing.Channels;

namespace ChatOps.Tests.Bus;

public sealed class ChannelStateTests
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(30);

    [Fact]
    public async Task A_value_survives_a_restart_and_is_gone_when_its_time_is_over()
    {
        using var directory = new TempDirectory();
        var time = new FakeTimeProvider();
        await using (var before = await BusHarness.StartAsync(directory, time, [new FakeChannel()]))
            await before.Get<IChannelState>().SetAsync("discord", "session", "s1", Kept, CancellationToken.None);
        await using var after = await BusHarness.StartAsync(directory, time, [new FakeChannel()]);
        var state = after.Get<IChannelState>();

        Assert.Equal("s1", await state.GetAsync("discord", "session", CancellationToken.None));
        time.Advance(Kept);
        Assert.Null(await state.GetAsync("discord", "session", CancellationToken.None));
    }

    [Fact]
    public async Task A_sweep_removes_what_is_over()
    {
        using var directory = new TempDirectory();
        var time = new FakeTimeProvider();
        await using var harness = await BusHarness.StartAsync(directory, time, [new FakeChannel()]);
        await harness.Get<IChannelState>().SetAsync("discord", "thread", "1", Kept, CancellationToken.None);
        time.Advance(TimeSpan.FromDays(1));

        await harness.Get<IEnumerable<IRecoverySweep>>().Single(s => s.Name == "channel state").SweepAsync(atStart: false, CancellationToken.None);

        Assert.Equal(0, await harness.Store.WriteAsync(s => s.ChannelState.Prune(time.GetUtcNow()), CancellationToken.None));
    }

    [Fact]
    public async Task What_is_too_long_is_a_fault_of_the_channel()
    {
        using var directory = new TempDirectory();
        await using var harness = await BusHarness.StartAsync(directory, TimeProvider.System, [new FakeChannel()]);
        var state = harness.Get<IChannelState>();

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => state.SetAsync("discord", new string('k', IChannelState.MaxKeyLength + 1), "v", null, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => state.SetAsync("discord", "k", new string('v', IChannelState.MaxValueLength + 1), null, CancellationToken.None));
    }
}
