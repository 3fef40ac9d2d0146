using ChatOps.Agent.Speech;
using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Channels;
using ChatOps.Host;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Speech;
using ChatOps.Tests.Agent.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Tests.Speech;

/// <summary>Everything that a gateway is composed of, with one channel more whose files are the test's, and the loopback transcription service.</summary>
internal sealed class WholeGateway : IAsyncDisposable
{
    private static readonly ConversationKey Chat = new("test", "ana");

    private readonly TempDirectory directory;
    private readonly TranscriptionServer server;
    private readonly IHost host;
    private readonly List<string> links = [];

    private WholeGateway(TempDirectory directory, TranscriptionServer server, IHost host) => (this.directory, this.server, this.host) = (directory, server, host);

    /// <summary>A path below this test's own directory that can be spoken: speech knows no capitals.</summary>
    public string Spoken(string name)
    {
        var link = Path.Combine(Path.GetTempPath(), $"voice-{Environment.ProcessId}-{Some.Unique()}");
        links.Add(link);
        System.IO.Directory.CreateSymbolicLink(link, directory.Path);
        return Path.Combine(link, name);
    }

    public static async Task<WholeGateway> StartAsync()
    {
        var directory = new TempDirectory();
        var workspace = System.IO.Directory.CreateDirectory(directory["workspace"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(workspace, "access.yaml"), "people:\n  ana:\n    roles: [admin]\n    identities: ['test:7']\n  vic:\n    roles: [viewer]\n    identities: ['test:8']\n");
        var server = await TranscriptionServer.StartAsync();
        var options = new ChatOpsOptions();
        options.Gateway.Urls = "http://127.0.0.1:0";
        options.Logging.Level = "Error";
        options.Approvals.FourEyes = FourEyes.Never;
        (options.Speech.Provider, options.Speech.BaseUrl, options.Speech.ApiKey) = (SpeechProvider.OpenAI, server.BaseUrl, server.Key);
        var data = System.IO.Directory.CreateDirectory(directory["data"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute).FullName;

        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddChatOps(new GatewaySetup(GatewayMode.Gateway, options, new GatewayPlaces(null, workspace), data)).AddChannel<TestChannel>("test");
        var host = builder.Build();
        Assert.Null(host.Services.GetRequiredService<IDataDirectoryLock>().TryTake(null));
        await host.Services.GetRequiredService<IStoreInitializer>().InitializeAsync(CancellationToken.None);
        await host.StartAsync();
        return new WholeGateway(directory, server, host);
    }

    public async Task<string> SpeakAsync(string words, string user = "7")
    {
        server.Then(ServerAnswer.Says(words));
        var sound = await SpokenSound.OggOpusAsync("run something on the local machine");
        var note = VoiceGateway.Note();
        host.Services.GetRequiredService<TestChannel>().Files[note.Reference] = async (into, token) =>
        {
            await into.WriteAsync(sound, token);
            return FileFetch.Done;
        };
        return await AcceptAsync("", InboundKind.Text, user, new InboundContext { Files = [note] });
    }

    public Task<string> SayAsync(string text) => AcceptAsync(text, InboundKind.Text, "7", InboundContext.None);

    /// <summary>Presses the button that approves, on the card that answers a message.</summary>
    public async Task<string> ApproveAsync(string inboxId)
    {
        var card = await ReadAsync(s => s.Outbox.RepliesTo(inboxId).Single(m => m.Content.Blocks.Any(b => b is CardBlock)));
        var action = card.Content.Blocks.OfType<ActionsBlock>().SelectMany(b => b.Actions).First(a => a.Style != ActionStyle.Plain);
        return await AcceptAsync(action.Token, InboundKind.Action, "7", InboundContext.None);
    }

    public async Task<InboxItem> EndAsync(string inboxId)
    {
        await Until.TrueAsync(async () => (await ReadAsync(s => s.Inbox.Find(inboxId)))!.State is InboxState.Done or InboxState.Failed or InboxState.Cancelled);
        return (await ReadAsync(s => s.Inbox.Find(inboxId)))!;
    }

    public Task UntilAsync(string inboxId, InboxState state) => Until.TrueAsync(async () => (await ReadAsync(s => s.Inbox.Find(inboxId)))!.State == state);

    public Task<Approval> ApprovalOfAsync(string inboxId) => ReadAsync(s => host.Services.GetRequiredService<IApprovals>().List(s, [], 100).Single(a => a.Request.InboxId == inboxId));

    public async Task<IReadOnlyList<string>> RepliesAsync(string inboxId) =>
        (await ReadAsync(s => s.Outbox.RepliesTo(inboxId))).Select(m => Gateway.Text(m.Content)).ToList();

    public Task<IReadOnlyList<AuditRecord>> RecordsAsync() => host.Services.GetRequiredService<IAuditLog>().QueryAsync(new AuditQuery(Limit: 1000), CancellationToken.None);

    public Task<T> ReadAsync<T>(Func<IStoreSession, T> work) => host.Services.GetRequiredService<IStore>().ReadAsync(work, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        await server.DisposeAsync();
        foreach (var link in links) File.Delete(link);
        directory.Dispose();
    }

    private async Task<string> AcceptAsync(string text, InboundKind kind, string user, InboundContext context)
    {
        var receipt = await host.Services.GetRequiredService<IInbox>().AcceptAsync(
            new InboundMessage(Some.Unique("test:event"), Chat, new Actor("test", "", user), kind, text) { Context = context }, CancellationToken.None);
        return receipt.InboxId ?? throw new InvalidOperationException(receipt.Reason);
    }
}
