using ChatOps.Bus;
using ChatOps.Testing;

namespace ChatOps.Tests.Bus;

/// <summary>What comes in goes before what is worked on, and not for ever.</summary>
public sealed class RushTests
{
    // More than a crowd waited, whatever of the two windows is over.
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(40);

    private readonly FakeTimeProvider time = new();
    private readonly Rush rush;

    public RushTests() => rush = new Rush(time);

    [Fact]
    public void Some_messages_are_no_rush()
    {
        for (var i = 1; i < Rush.Messages; i++) rush.Note(Slow);

        Assert.True(rush.PassAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public void Many_messages_that_are_taken_at_once_are_no_rush()
    {
        for (var i = 0; i < 5 * Rush.Messages; i++) rush.Note(TimeSpan.FromMilliseconds(0.5));

        Assert.True(rush.PassAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Work_waits_for_a_rush_to_pass()
    {
        for (var i = 0; i < Rush.Messages; i++) rush.Note(Slow);

        var work = rush.PassAsync(CancellationToken.None);
        Assert.False(work.IsCompleted);
        time.Advance(TimeSpan.FromMilliseconds(25));
        await Task.Yield();
        Assert.False(work.IsCompleted);

        await PassesAsync(work, () => { });
    }

    [Fact]
    public async Task Work_goes_on_after_a_moment_although_the_rush_does()
    {
        for (var i = 0; i < Rush.Messages; i++) rush.Note(Slow);

        var began = time.GetTimestamp();
        await PassesAsync(rush.PassAsync(CancellationToken.None), () =>
        {
            for (var i = 0; i < Rush.Messages; i++) rush.Note(Slow);
        });

        Assert.True(rush.IsOn);
        Assert.Equal(Rush.MaxWait, time.GetElapsedTime(began));
    }

    [Fact]
    public async Task A_wait_ends_when_the_gateway_does()
    {
        for (var i = 0; i < Rush.Messages; i++) rush.Note(Slow);
        using var stop = new CancellationTokenSource();

        var work = rush.PassAsync(stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work);
    }

    private async Task PassesAsync(Task work, Action meanwhile)
    {
        for (var step = 0; step < 200 && !work.IsCompleted; step++)
        {
            // Time passes only while the work waits for it, however late the work is scheduled.
            await Until.TrueAsync(() => work.IsCompleted || time.WaitingTimers > 0);
            meanwhile();
            if (!work.IsCompleted) time.Advance(TimeSpan.FromMilliseconds(5));
        }

        Assert.True(work.IsCompletedSuccessfully);
    }
}
