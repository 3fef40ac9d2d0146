using ChatOps.Audit;
using ChatOps.Identity;
using ChatOps.Identity.Pairing;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Channels;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Identity;

/// <summary>The door over real access files and a real store; platforms and turns are the test's.</summary>
internal sealed class PairingBench : IAsyncDisposable
{
    private const string Workspace = """
        people:
          ada: { roles: [admin], identities: ["telegram:1"] }
          bob: { roles: [viewer] }
        """;

    private readonly TempDirectory directory;

    private PairingBench(TempDirectory directory, AccessBench access, BusHarness bus, FakeTimeProvider time) => (this.directory, Access, Bus, Time) = (directory, access, bus, time);

    public AccessBench Access { get; }

    public BusHarness Bus { get; }

    public FakeTimeProvider Time { get; }

    public IAdmission Door => Bus.Get<IAdmission>();

    public IPairings Pairings => Bus.Get<IPairings>();

    public static async Task<PairingBench> StartAsync()
    {
        var access = await AccessBench.LoadedAsync(Workspace);
        var time = new FakeTimeProvider();
        var directory = new TempDirectory();
        var bus = await BusHarness.StartAsync(directory, time, [new FakeChannel("telegram"), new FakeChannel("slack"), new FakeChannel("web")], services => services
            .AddAudit(new AuditOptions { DataDirectory = directory.Path })
            .AddSingleton<IAccessEditor>(access.Editor).AddSingleton<IPrincipals>(access.Principals).AddSingleton<IAuthorizer>(access.Authorizer)
            .AddSingleton<AnsweredToday>().AddSingleton<PairingCards>().AddSingleton<Pairings>()
            .AddSingleton<IPairings>(p => p.GetRequiredService<Pairings>()).AddSingleton<IAdmission, Admission>().AddSingleton<IRecoverySweep, AdmissionSweep>());
        return new PairingBench(directory, access, bus, time);
    }

    /// <summary>What was said to the gateway, as its inbox holds it.</summary>
    public async Task<InboxItem> ArriveAsync(string user, string channel = "telegram", string tenant = "", string? name = null, string? group = null, string? chat = null)
    {
        var conversation = new ConversationKey(channel, chat ?? $"dm-{user}");
        var receipt = await Bus.Inbox.AcceptAsync(
            new InboundMessage(Some.Unique(channel), conversation, new Actor(channel, tenant, user, name), InboundKind.Text, "hello") { Context = new InboundContext { Group = group } }, CancellationToken.None);
        return (await Bus.Store.ReadAsync(s => s.Inbox.Find(receipt.InboxId!), CancellationToken.None))!;
    }

    /// <summary>A stranger says something and is answered.</summary>
    public async Task<RichMessage> GreetAsync(string user, string channel = "telegram", string tenant = "", string? name = null) =>
        await Door.GreetAsync(await ArriveAsync(user, channel, tenant, name), CancellationToken.None);

    public static string? Code(RichMessage answer) => answer.Blocks.OfType<CodeBlock>().SingleOrDefault()?.Text;

    /// <summary>What stands in a conversation, newest last.</summary>
    public Task<IReadOnlyList<StoredMessage>> MessagesAsync(string conversation) => Bus.Store.ReadAsync<IReadOnlyList<StoredMessage>>(
        s => [.. s.Conversations.Timeline(conversation, null, 100).Select(e => e.Message).OfType<StoredMessage>()], CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Bus.DisposeAsync();
        Access.Dispose();
        directory.Dispose();
    }
}
