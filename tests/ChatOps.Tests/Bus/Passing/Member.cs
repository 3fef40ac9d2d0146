using ChatOps.Bus;
using ChatOps.Gateways;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing.Channels;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatOps.Tests.Bus.Passing;

/// <summary>One gateway among several of a store, as far as it shows what passes.</summary>
internal sealed class Member : IAsyncDisposable
{
    private readonly FarProgress far;
    private readonly GuestProgress guest;

    public Member(string id, IReadOnlyList<GatewayRole> roles, Line line, IList<Member> all, IStore store, IIdGenerator ids, TimeProvider time)
    {
        Among = new Gateways(id, roles, all);
        var options = new BusOptions { AloneWithStore = false, ChannelsElsewhere = roles.Contains(GatewayRole.Channels) ? [] : [Platform.Name] };
        var channels = new ChannelDirectory([Platform, Web], options);
        far = new FarProgress(store, line, Among, channels, Sent, options, time, NullLogger<FarProgress>.Instance);
        guest = new GuestProgress(store, line, Among, channels, time, NullLogger<GuestProgress>.Instance);
        Replies = new Replies(ids, time, channels, Sent, far, Among);
        line.Join(id, message => message is PassingState state ? guest.HandleAsync(state, CancellationToken.None) : far.HandleAsync((PassingEnded)message, CancellationToken.None));
        all.Add(this);
    }

    /// <summary>A platform, which gateways with the role channels speak with.</summary>
    public FakeChannel Platform { get; } = new("fake");

    /// <summary>What people read at any gateway.</summary>
    public FakeChannel Web { get; } = new("web", readEverywhere: true);

    public SentMessages Sent { get; } = new();

    public Gateways Among { get; }

    public IReplies Replies { get; }

    public async ValueTask DisposeAsync()
    {
        await far.DisposeAsync();
        await guest.DisposeAsync();
    }

    internal sealed class Gateways(string id, IReadOnlyList<GatewayRole> roles, IEnumerable<Member> all) : IGateways
    {
        public GatewayIdentity Self { get; } = new(id, id, "1.0.0", roles);

        public bool IsAlone => false;

        public bool IsCurrent { get; set; } = true;

        /// <summary>Whether the others believe that it lives.</summary>
        public bool IsAlive { get; set; } = true;

        public IReadOnlyList<GatewayRow> Living => [.. all.Select(m => m.Among).Where(g => g.IsAlive).Select(g => Row(g.Self))];

        public GatewayRow? Find(string other) => Living.FirstOrDefault(g => g.Id == other);

        private static GatewayRow Row(GatewayIdentity self) => new(self.Id, self.Name, self.Version, [.. self.Roles.Select(r => r.ToString().ToLowerInvariant())], default, default);
    }
}
