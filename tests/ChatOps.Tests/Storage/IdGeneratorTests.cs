namespace ChatOps.Tests.Storage;

public class IdGeneratorTests
{
    [Fact]
    public void Sortable_ids_rise_strictly_when_many_threads_make_them()
    {
        var ids = new IdGenerator(TimeProvider.System);
        var made = new List<string>[8];

        Parallel.For(0, made.Length, t => made[t] = [.. Enumerable.Range(0, 5000).Select(_ => ids.NewId())]);

        Assert.All(made, own => Assert.Equal(own.Order(StringComparer.Ordinal), own));
        Assert.Equal(made.Length * 5000, made.SelectMany(m => m).Distinct().Count());
        Assert.All(made.SelectMany(m => m), id => Assert.Matches("^[0-9a-hjkmnp-tv-z]{26}$", id));
    }

    [Fact]
    public void Sortable_ids_rise_when_the_clock_steps_back()
    {
        var clock = new Clock { Now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero) };
        var ids = new IdGenerator(clock);
        var before = ids.NewId();
        clock.Now -= TimeSpan.FromHours(1);

        Assert.True(string.CompareOrdinal(before, ids.NewId()) < 0);
        clock.Now += TimeSpan.FromHours(2);
        Assert.StartsWith("01", ids.NewId(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_begins_with_its_time()
    {
        // 2016-07-30T23:54:10.259Z, the example of the ULID specification.
        var ids = new IdGenerator(new Clock { Now = DateTimeOffset.FromUnixTimeMilliseconds(1469922850259) });

        Assert.StartsWith("01arz3ndek", ids.NewId(), StringComparison.Ordinal);
    }

    [Fact]
    public void Short_ids_secrets_and_tokens_have_their_forms_and_do_not_repeat()
    {
        var ids = new IdGenerator(TimeProvider.System);

        Assert.All(Enumerable.Range(0, 200), _ => Assert.Matches("^[0-9A-HJKMNP-TV-Z]{6}$", ids.NewShortId()));
        Assert.All(Enumerable.Range(0, 200), _ => Assert.Matches("^[A-Za-z0-9_-]{43}$", ids.NewSecret()));
        Assert.All(Enumerable.Range(0, 200), _ => Assert.Matches("^[A-Za-z0-9_-]{32}$", ids.NewActionToken()));
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => ids.NewSecret()).Distinct().Count());
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
