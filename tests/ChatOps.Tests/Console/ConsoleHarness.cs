using ChatOps.Memory;
using ChatOps.Host;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using ChatOps.Approvals;
using ChatOps.Audit;
using ChatOps.Channels;
using ChatOps.Console;
using ChatOps.Fleet;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Node;
using ChatOps.Policy;
using ChatOps.Secrets;
using ChatOps.Skills;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Tests.Gate;
using ChatOps.Tools;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatOps.Tests.Console;

/// <summary>The real console over the real store, gate, approvals and audit, behind a real listener; people, nodes and the web channel are fakes.</summary>
internal sealed class ConsoleHarness : IAsyncDisposable
{
    private readonly TempDirectory directory = new();
    private readonly WebApplication app;

    private ConsoleHarness(ConsoleOptions options)
    {
        Fleet = new FakeFleet(Time);
        Fleet.Add("local");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IIdGenerator, IdGenerator>()
            .AddSingleton<IMessageBus>(new FakeMessageBus())
            .AddSingleton<IPrincipals>(Access).AddSingleton<IAuthorizer>(Access).AddSingleton<IAccessEditor>(Access)
            .AddSingleton<INodes>(Fleet).AddSingleton<IFleetMembers>(Fleet)
            .AddSingleton<ICommandRisk, FakePolicy>().AddSingleton<IApprovalRules, FakePolicy>()
            .AddSingleton<IPairings, FakePairings>()
            .AddSingleton<ISkillLibrary, NoSkills>()
            .AddSingleton<ChatOps.Checks.IChecks, FakeChecks>()
            .AddSingleton<ChatOps.Checks.IRunbooks, NoRunbooks>()
            .AddSingleton<ChatOps.Checks.IIncidents, FakeIncidents>()
            .AddSingleton<ChatOps.Models.IReplays, NoReplays>()
            .AddSingleton<ChatOps.Costs.IBudgets, ChatOps.Tests.Gate.FakeBudgets>()
            .AddSingleton<ChatOps.Memory.IMemory, ChatOps.Tests.Gate.NoMemory>()
            .AddSingleton<ChatOps.Schedules.ISchedules, FakeSchedules>()
            .AddSingleton<ChatOps.Schedules.IHeartbeat, ChatOps.Testing.NoHeartbeat>()
            .AddSingleton<ChatOps.Models.IModelOpinion, ChatOps.Testing.NoOpinion>()
            .AddSingleton<IReplies, FakeReplies>()
            .AddSecrets(new SecretsOptions { Key = new byte[SecretsOptions.MinKeyLength] })
            .AddSingleton<ICommandCompletion, NoCompletion>()
            .AddSingleton<IWebChat>(Web)
            .AddStorage(new StorageOptions { DataDirectory = directory.Path })
            .AddAudit(new AuditOptions { DataDirectory = directory.Path })
            .AddApprovals(new ApprovalsOptions { FourEyes = FourEyes.Never })
            .AddLocalExecution(new NodeOptions { StateDirectory = Path.Combine(directory.Path, "node"), FilesRoot = directory.Path })
            .AddSingleton<IEgress>(new EgressGuard(new EgressOptions()))
            .AddSingleton<IMemory, FakeMemory>()
            .AddSingleton<ISecretReferences, ChatOps.Secrets.References.SecretReferences>()
            .AddSingleton<ChatOps.Outside.IOutsideTools, NoOutsideTools>()
            .AddSingleton<ChatOps.Outside.IOutsideRisks, NoOutsideTools>()
            .AddTools(new ToolsOptions { DataDirectory = directory.Path })
            .AddConsole(options);
        app = builder.Build();
        app.MapConsole();
    }

    /// <summary>What the redactor knows as a secret.</summary>
    public const string Secret = "hunter2hunter2";

    public FakeTimeProvider Time { get; } = new();

    public FakeAccess Access { get; } = new();

    public FakeFleet Fleet { get; }

    public FakeWebChat Web { get; } = new();

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    public IStore Store => app.Services.GetRequiredService<IStore>();

    public static async Task<ConsoleHarness> StartAsync(ConsoleOptions? options = null)
    {
        var harness = new ConsoleHarness(options ?? new ConsoleOptions());
        harness.Services.GetRequiredService<IRedactor>().AddKnown(Secret, "test");
        await harness.Services.GetRequiredService<IStoreInitializer>().InitializeAsync(CancellationToken.None);
        await harness.app.StartAsync();
        harness.Address = new Uri(harness.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return harness;
    }

    /// <summary>A browser: keeps cookies, follows nothing by itself.</summary>
    public HttpClient Browser(CookieContainer? cookies = null)
    {
        var client = new HttpClient(new HttpClientHandler { CookieContainer = cookies ?? new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Address };
        client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        return client;
    }

    public Task<string> LinkAsync(string person) => Services.GetRequiredService<ISignInLinks>().CreateAsync(person, CancellationToken.None);

    public async Task<HttpClient> SignInAsync(string person, CookieContainer? cookies = null)
    {
        var browser = Browser(cookies);
        using var answer = await browser.GetAsync(await LinkAsync(person));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return browser;
    }

    /// <summary>Posts as a page of the console does; another origin when given, none for the empty text.</summary>
    public async Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, object body, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (origin != "") request.Headers.Add("Origin", origin ?? Address.GetLeftPart(UriPartial.Authority));
        return await browser.SendAsync(request);
    }

    public async Task<WebSocket> LiveAsync(CookieContainer cookies, string? chat = null, string? origin = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        socket.Options.SetRequestHeader("Origin", origin ?? Address.GetLeftPart(UriPartial.Authority));
        var uri = new UriBuilder(Address) { Scheme = "ws", Path = "/live", Query = chat is null ? "" : $"chat={chat}" }.Uri;
        await socket.ConnectAsync(uri, TestContext.Current.CancellationToken);
        return socket;
    }

    /// <summary>The next live message of a kind; null when the connection ended.</summary>
    public static async Task<JsonElement?> NextAsync(WebSocket socket, string op)
    {
        using var limit = new CancellationTokenSource(Until.Limit);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var length = 0;
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), limit.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            if (part.MessageType == WebSocketMessageType.Close) return null;
            var message = JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, length));
            if (message.GetProperty("op").GetString() == op) return message;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        directory.Dispose();
    }

    private sealed class NoCompletion : ICommandCompletion
    {
        public IReadOnlyList<CompletionItem> Complete(string text, int cursor, Principal principal) => [];
    }
}
