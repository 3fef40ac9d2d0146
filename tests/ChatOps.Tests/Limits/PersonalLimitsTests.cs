using System.Diagnostics.Metrics;
using ChatOps.Limits;
using ChatOps.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Limits;

public sealed class PersonalLimitsTests : IDisposable
{
    private const string Counter = "chatops.tried.limited";
    private readonly FakeTimeProvider time = new();
    private readonly ServiceProvider services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    [Fact]
    public void A_minutes_worth_is_taken_at_once_and_then_evenly()
    {
        var limits = With(perMinute: 60);
        for (var i = 0; i < 60; i++) Assert.Null(limits.Note("ana"));
        for (var i = 0; i < 200; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.Null(limits.Note("ana"));
        }
    }

    [Fact]
    public void Over_the_limit_nothing_is_taken_until_the_time_that_was_said_and_it_is_said_once()
    {
        var limits = With(perMinute: 4);
        for (var i = 0; i < 4; i++) Assert.Null(limits.Note("ana"));
        Assert.Equal(new OverLimit(Allowance.Pause, 4, OfEverybody: false, Tell: true), limits.Note("ana"));
        time.Advance(Allowance.Pause - TimeSpan.FromSeconds(1));
        // There is room for one again by now, but what was left out before it should have run first.
        Assert.Equal(new OverLimit(TimeSpan.FromSeconds(1), 4, OfEverybody: false, Tell: false), limits.Note("ana"));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(limits.Note("ana"));
        Assert.Null(limits.Note("ana"));
        Assert.Equal(new OverLimit(Allowance.Pause, 4, OfEverybody: false, Tell: true), limits.Note("ana"));
    }

    [Fact]
    public void Whoever_sends_too_much_takes_nothing_from_the_others()
    {
        var limits = With(perMinute: 5, inAll: 10);
        for (var i = 0; i < 1000; i++) limits.Note("loud");
        for (var i = 0; i < 5; i++) Assert.Null(limits.Note("ana"));
    }

    [Fact]
    public void Everybody_together_has_a_limit_and_each_of_them_is_told_in_each_pause()
    {
        var limits = With(perMinute: 5, inAll: 10);
        for (var i = 0; i < 10; i++) Assert.Null(limits.Note(i % 2 == 0 ? "ana" : "li"));
        Assert.Equal(new OverLimit(Allowance.Pause, 10, OfEverybody: true, Tell: true), limits.Note("sam"));
        Assert.True(limits.Note("kim") is { OfEverybody: true, Tell: true });
        Assert.True(limits.Note("sam") is { Tell: false });

        time.Advance(Allowance.Pause);
        for (var i = 0; i < 5; i++) Assert.Null(limits.Note("kim"));
        Assert.True(limits.Note("sam") is { OfEverybody: true, Tell: true });
    }

    [Fact]
    public void What_was_not_taken_is_counted_by_its_limit()
    {
        var counted = new List<string?>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Name == Counter && instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>()) l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => counted.Add($"{value} {tags[0].Value}"));
        listener.Start();
        var limits = With(perMinute: 1, inAll: 2);
        foreach (var person in (string[])["ana", "ana", "li", "sam"]) limits.Note(person);
        Assert.Equal(["1 person", "1 all"], counted);
    }

    [Fact]
    public void People_who_were_quiet_are_forgotten_at_the_bound()
    {
        var limits = With(perMinute: 60, inAll: 100_000);
        for (var i = 0; i < PersonalLimits.MaxKept; i++) limits.Note($"person-{i}");
        Assert.Equal(PersonalLimits.MaxKept, limits.Kept);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(limits.Note("ana"));
        Assert.Equal(1, limits.Kept);
    }

    public void Dispose() => services.Dispose();

    private PersonalLimits With(int perMinute, int inAll = 1000) =>
        new(perMinute, inAll, time, services.GetRequiredService<IMeterFactory>().Create("ChatOps").CreateCounter<long>(Counter));
}
