using ChatOps.Checks;
using ChatOps.Checks.Outside;
using ChatOps.Diagnostics;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Testing;
using ChatOps.Tests.Fleet;
using ChatOps.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Checks.Outside;

public abstract class OutsideWatchTests(StoreKind kind) : IAsyncLifetime
{
    private readonly FakeTimeProvider clock = new();
    private readonly RecordingReplies replies = new();
    private readonly NoAudit audit = new();
    private readonly ChecksOptions options = new();
    private readonly HashSet<string> living = [];
    private StoreFixture store = null!;

    public async ValueTask InitializeAsync() => store = await StoreFixture.OpenAsync(kind);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Fact]
    public async Task What_is_away_for_long_is_told_once_and_its_return_once_however_many_gateways_see_it()
    {
        var broker = new Part("bus");
        var (one, other) = (Watch("front", broker), Watch("worker", broker));
        await LookAsync(one, other);
        broker.Trouble = "RabbitMQ does not answer.";
        await LookAsync(one, other);
        clock.Advance(options.AwayNotice - TimeSpan.FromSeconds(1));
        await LookAsync(one, other);
        Assert.Empty(replies.Posted);

        clock.Advance(TimeSpan.FromSeconds(1));
        await LookAsync(one, other, one);
        Assert.Equal("**In trouble** bus: RabbitMQ does not answer.", Assert.Single(replies.Said));
        Assert.Equal("web/owner.checks", replies.Posted[0].Conversation);
        Assert.Contains(replies.Posted[0].Content.Blocks.OfType<FieldsBlock>().Single().Fields, f => f is { Label: "Seen by", Value: "the gateway front" });

        clock.Advance(TimeSpan.FromMinutes(55));
        broker.Trouble = null;
        await LookAsync(other, one, other, one);
        Assert.Equal("**Well again** bus: Fine. It was in trouble for 60 minutes.", Assert.Single(replies.Said.Skip(1)));
        Assert.Equal(["found", "recovered"], audit.Entries.Select(e => e.Outcome));
    }

    [Fact]
    public async Task A_short_trouble_is_told_to_nobody_and_its_length_counts_anew()
    {
        var (watch, broker) = (Watch("front", out var part), part);
        for (var i = 0; i < 5; i++)
        {
            broker.Trouble = "away";
            await watch.LookAsync(CancellationToken.None);
            clock.Advance(options.AwayNotice - TimeSpan.FromSeconds(1));
            await watch.LookAsync(CancellationToken.None);
            broker.Trouble = null;
            await watch.LookAsync(CancellationToken.None);
        }

        Assert.Empty(replies.Posted);
    }

    [Fact]
    public async Task A_gateway_that_is_started_again_meanwhile_says_nothing_twice_and_says_when_it_is_over()
    {
        var broker = new Part("bus") { Trouble = "away" };
        var first = Watch("first", broker);
        await first.LookAsync(CancellationToken.None);
        clock.Advance(options.AwayNotice);
        await first.LookAsync(CancellationToken.None);
        living.Remove("first");

        var second = Watch("second", broker);
        await second.LookAsync(CancellationToken.None);
        clock.Advance(options.AwayNotice);
        await second.LookAsync(CancellationToken.None);
        living.Remove("second");

        var third = Watch("third", broker);
        broker.Trouble = null;
        await third.LookAsync(CancellationToken.None);
        await third.LookAsync(CancellationToken.None);
        Assert.Equal(2, replies.Said.Count);
        Assert.EndsWith("It was in trouble for 10 minutes.", replies.Said[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_one_gateway_cannot_reach_is_over_when_that_one_says_so()
    {
        var (cut, well) = (new Part("bus") { Trouble = "away" }, new Part("bus"));
        var (one, other) = (Watch("front", cut), Watch("worker", well));
        await LookAsync(one, other);
        clock.Advance(options.AwayNotice);
        await LookAsync(one, other, other);
        Assert.Single(replies.Said);
        cut.Trouble = null;
        await LookAsync(other, one);
        Assert.Equal(2, replies.Said.Count);
    }

    [Fact]
    public async Task Parts_that_are_this_gateways_own_and_secrets_in_words_of_others_are_not_told()
    {
        var own = new Part("agent") { Trouble = "busy", IsOutside = false };
        var platform = new Part("telegram") { Trouble = $"refused {FakeRedactor.Secret}" };
        var watch = Watch("front", own, platform);
        await watch.LookAsync(CancellationToken.None);
        clock.Advance(options.AwayNotice);
        await watch.LookAsync(CancellationToken.None);
        Assert.StartsWith("**In trouble** telegram: refused", Assert.Single(replies.Said), StringComparison.Ordinal);
        Assert.DoesNotContain(FakeRedactor.Secret, replies.Said[0] + audit.Entries.Single().Summary, StringComparison.Ordinal);
    }

    private OutsideWatch Watch(string id, out Part part) => Watch(id, part = new Part("bus"));

    private OutsideWatch Watch(string id, params Part[] parts)
    {
        living.Add(id);
        return new(options, parts, store.Store, replies, audit, new Among(id, living), new SomeOwner(), new FakeRedactor(), clock, NullLogger<OutsideWatch>.Instance);
    }

    private static async Task LookAsync(params OutsideWatch[] watches)
    {
        foreach (var watch in watches) await watch.LookAsync(CancellationToken.None);
    }

    public sealed class OnSqlite() : OutsideWatchTests(StoreKind.Sqlite);

    public sealed class OnPostgreSql() : OutsideWatchTests(StoreKind.PostgreSql);

    private sealed class Part(string name) : IHealthPart
    {
        private static readonly Dictionary<string, string> None = [];

        public string Name => name;

        public bool IsOutside { get; init; } = true;

        public string? Trouble { get; set; }

        public Task<PartHealth> CheckAsync(CancellationToken cancellationToken) =>
            Task.FromResult(Trouble is { } trouble ? new PartHealth(PartState.Degraded, trouble, None) : new PartHealth(PartState.Ok, "Fine.", None));
    }

    private sealed class Among(string id, HashSet<string> living) : IGateways
    {
        public GatewayIdentity Self { get; } = new(id, id, "1.0.0", GatewayIdentity.AllRoles);

        public bool IsAlone => false;

        public bool IsCurrent => true;

        public IReadOnlyList<GatewayRow> Living => [.. living.Select(l => new GatewayRow(l, l, "1.0.0", [], default, default))];

        public GatewayRow? Find(string other) => Living.FirstOrDefault(g => g.Id == other);
    }
}
