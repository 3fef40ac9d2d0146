using ChatOps.Diagnostics;
using ChatOps.Testing;

namespace ChatOps.Tests.Host;

public sealed class PartsHealthTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task A_crowd_of_askers_costs_two_looks_and_nobody_gets_an_answer_from_before_the_question()
    {
        var part = new Part("store");
        var health = Health(part);

        var first = health.CheckAsync(CancellationToken.None);
        await part.IsAskedAsync(1);
        var crowd = Enumerable.Range(0, 100).Select(_ => health.CheckAsync(CancellationToken.None)).ToList();
        part.Answer("as it was");

        Assert.Equal("as it was", (await first)[0].Health.Summary);
        await part.IsAskedAsync(2);
        Assert.DoesNotContain(crowd, asked => asked.IsCompleted);
        part.Answer("as it is");
        Assert.All(await Task.WhenAll(crowd), states => Assert.Equal("as it is", Assert.Single(states).Health.Summary));
        Assert.Equal(2, part.Asked);
    }

    [Fact]
    public async Task A_part_that_hangs_has_failed_and_hides_no_other()
    {
        var (hangs, works) = (new Part("bus"), new Part("audit"));
        var health = Health(hangs, works);

        // It answers at once, so that the only timer that waits is of the one that hangs.
        works.Answer("fine");
        var asked = health.CheckAsync(CancellationToken.None);
        await hangs.IsAskedAsync(1);
        await Until.TrueAsync(() => time.WaitingTimers > 0);
        time.Advance(PartsHealth.Patience);

        Assert.Equal([("audit", PartState.Ok), ("bus", PartState.Failed)], (await asked).Select(s => (s.Name, s.Health.State)));
        Assert.True(hangs.WasCancelled);
    }

    [Fact]
    public async Task Whoever_goes_away_takes_the_answer_from_nobody()
    {
        var part = new Part("store");
        var health = Health(part);
        using var gone = new CancellationTokenSource();

        var impatient = health.CheckAsync(gone.Token);
        var patient = health.CheckAsync(CancellationToken.None);
        await part.IsAskedAsync(1);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        part.Answer("fine");

        Assert.Equal("fine", (await patient)[0].Health.Summary);
        Assert.False(part.WasCancelled);
    }

    private PartsHealth Health(params Part[] parts) => new(new Lazy<IEnumerable<IHealthPart>>(parts), time);

    private sealed class Part(string name) : IHealthPart
    {
        private readonly SemaphoreSlim answers = new(0);
        private volatile string summary = "";
        private int asked;

        public string Name => name;

        public int Asked => Volatile.Read(ref asked);

        public bool WasCancelled { get; private set; }

        public Task IsAskedAsync(int times) => Until.TrueAsync(() => Asked == times);

        public void Answer(string words)
        {
            summary = words;
            answers.Release();
        }

        public async Task<PartHealth> CheckAsync(CancellationToken cancellationToken)
        {
            await using var registration = cancellationToken.Register(() => WasCancelled = true);
            Interlocked.Increment(ref asked);
            await answers.WaitAsync(cancellationToken);
            return new PartHealth(PartState.Ok, summary, new Dictionary<string, string>());
        }
    }
}
