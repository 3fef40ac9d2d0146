using ChatOps.Channels;
using ChatOps.Diagnostics;
using ChatOps.Secrets;
using ChatOps.Testing;
using ChatOps.Testing.Channels;

namespace ChatOps.Tests.Bus;

public sealed class ChannelRunnerTests : IDisposable
{
    private readonly TempDirectory directory = new();
    private readonly FakeTimeProvider clock = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_channel_that_fails_is_started_again_later_and_later_while_the_others_run()
    {
        var starts = new List<DateTimeOffset>();
        var broken = new FakeChannel("broken")
        {
            OnRun = _ =>
            {
                lock (starts) starts.Add(clock.GetUtcNow());
                throw new InvalidOperationException($"401 from https://api/bot{FakeRedactor.Secret}/getMe");
            },
        };
        var sound = new FakeChannel("sound");
        await using var harness = await BusHarness.StartAsync(directory, clock, [broken, sound]);
        var states = harness.Get<IChannelStates>();
        await Until.TrueAsync(() => states.Of("broken").State == PartState.Failed && states.Of("sound").State == PartState.Ok);
        Assert.Contains("401 from", states.Of("broken").Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(FakeRedactor.Secret, states.Of("broken").Summary, StringComparison.Ordinal);
        await Until.TrueAsync(() =>
        {
            lock (starts) if (starts.Count >= 5) return true;
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return false;
        });
        var gaps = starts.Zip(starts.Skip(1), (a, b) => (b - a).TotalSeconds).Take(4).ToList();
        for (var i = 0; i < gaps.Count; i++) Assert.True(gaps[i] >= 0.5 * Math.Pow(2, i), $"{i}: {gaps[i]}");
        Assert.Equal(PartState.Ok, states.Of("sound").State);
    }

    [Fact]
    public async Task A_channel_that_ends_by_itself_is_started_again()
    {
        var runs = 0;
        var channel = new FakeChannel { OnRun = token => ++runs == 1 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token) };
        await using var harness = await BusHarness.StartAsync(directory, clock, [channel]);
        await Until.TrueAsync(() =>
        {
            if (runs == 2) return true;
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return false;
        });
        await Until.TrueAsync(() => harness.Get<IChannelStates>().Of("fake").State == PartState.Ok);
    }

    [Fact]
    public async Task A_channel_that_no_retry_mends_rests_until_its_secret_changes_and_says_so_once()
    {
        var tokens = new ChangingSecret { Value = "revoked" };
        var secret = new ChannelSecret("Channels:Fake:Token", "${env:TOKEN}", tokens, clock);
        var runs = 0;
        var channel = new FakeChannel
        {
            OnRun = token =>
            {
                runs++;
                return secret.Current() == "revoked"
                    ? throw new ChannelFatalException("The token was revoked", "Make a new one.") { Secrets = [secret] }
                    : Task.Delay(Timeout.Infinite, token);
            },
        };
        await using var harness = await BusHarness.StartAsync(directory, clock, [channel]);
        var states = harness.Get<IChannelStates>();
        await Until.TrueAsync(() => states.Of("fake") is { State: PartState.Failed, Summary: "The token was revoked. Make a new one." });
        for (var i = 0; i < 20; i++) clock.Advance(ChannelSecret.LookInterval);
        Assert.Equal(1, runs);

        tokens.Value = "fresh";
        await Until.TrueAsync(() =>
        {
            clock.Advance(ChannelSecret.LookInterval);
            return states.Of("fake").State == PartState.Ok && runs > 1;
        });
        Assert.Equal(2, runs);
    }

    [Fact]
    public async Task A_secret_that_changes_while_its_old_value_is_being_refused_is_tried_at_once()
    {
        var tokens = new ChangingSecret { Value = "revoked" };
        var secret = new ChannelSecret("Channels:Fake:Token", "${env:TOKEN}", tokens, clock);
        var runs = 0;
        var channel = new FakeChannel
        {
            OnRun = token =>
            {
                runs++;
                if (secret.Current() != "revoked") return Task.Delay(Timeout.Infinite, token);
                tokens.Value = "fresh";
                throw new ChannelFatalException("The token was revoked", "Make a new one.") { Secrets = [secret] };
            },
        };
        await using var harness = await BusHarness.StartAsync(directory, clock, [channel]);
        await Until.TrueAsync(() => harness.Get<IChannelStates>().Of("fake").State == PartState.Ok && runs == 2);
    }

    [Fact]
    public async Task A_fatal_failure_without_a_secret_rests_until_the_gateway_stops()
    {
        var runs = 0;
        var channel = new FakeChannel { OnRun = _ => ++runs > 0 ? throw new ChannelFatalException("An intent is missing.", "Switch it on.") : Task.CompletedTask };
        var harness = await BusHarness.StartAsync(directory, clock, [channel]);
        await Until.TrueAsync(() => harness.Get<IChannelStates>().Of("fake").Summary == "An intent is missing. Switch it on.");
        clock.Advance(TimeSpan.FromDays(1));
        await harness.StopAsync();
        Assert.Equal(1, runs);
        await harness.DisposeAsync();
    }

    [Fact]
    public async Task While_a_channel_runs_its_own_word_on_its_connection_counts()
    {
        var channel = new FakeChannel { Connection = new PartHealth(PartState.Degraded, $"Reconnects to {FakeRedactor.Secret}.", new Dictionary<string, string> { ["lastEvent"] = "never" }) };
        await using var harness = await BusHarness.StartAsync(directory, clock, [channel]);
        var states = harness.Get<IChannelStates>();
        await Until.TrueAsync(() => states.Of("fake").State == PartState.Degraded);
        Assert.Equal($"Reconnects to {FakeRedactor.Marker}.", states.Of("fake").Summary);
        Assert.Equal("never", states.Of("fake").Facts["lastEvent"]);
        Assert.Contains("since", states.Of("fake").Facts.Keys);
    }

    [Fact]
    public async Task A_channel_that_works_before_its_first_await_holds_up_no_other()
    {
        using var release = new ManualResetEventSlim();
        var blocking = new FakeChannel("blocking") { OnRun = _ => { release.Wait(TimeSpan.FromSeconds(30), CancellationToken.None); return Task.CompletedTask; } };
        var sound = new FakeChannel("sound");
        await using var harness = await BusHarness.StartAsync(directory, clock, [blocking, sound]);
        await Until.TrueAsync(() => harness.Get<IChannelStates>().Of("sound").State == PartState.Ok);
        release.Set();
    }

    [Fact]
    public async Task Stopping_cancels_the_channels_and_is_not_a_failure_of_theirs()
    {
        var ended = false;
        var channel = new FakeChannel
        {
            OnRun = async token =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                }
                finally
                {
                    ended = true;
                }
            },
        };
        var harness = await BusHarness.StartAsync(directory, clock, [channel]);
        await Until.TrueAsync(() => harness.Get<IChannelStates>().Of("fake").State == PartState.Ok);
        await harness.StopAsync();
        Assert.True(ended);
        Assert.Equal("The gateway stops.", harness.Get<IChannelStates>().Of("fake").Summary);
        await harness.DisposeAsync();
    }

    private sealed class ChangingSecret : ISecretReferences
    {
        public string Value { get; set; } = "";

        public SecretResolution Resolve(string value) => SecretResolution.Found(Value, isReference: true);
    }
}
