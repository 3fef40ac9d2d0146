using System.Globalization;
using System.Security.Cryptography;
using ChatOps.Audit;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Benchmarks.Durability;

/// <summary>The gateway's own durable writes: what accepting a message and recording an intent put into the store.</summary>
internal sealed class GatewayWrites : IAsyncDisposable
{
    private const int Conversations = 50;
    private const int Nodes = 20;

    private readonly string name;
    private readonly ServiceProvider services;
    private readonly IStore store;
    private readonly IIdGenerator ids;
    private readonly IAuditWriter audit;
    private readonly TimeProvider time;
    private long count;

    private GatewayWrites(ServiceProvider services, string name)
    {
        this.name = name;
        this.services = services;
        store = services.GetRequiredService<IStore>();
        ids = services.GetRequiredService<IIdGenerator>();
        audit = services.GetRequiredService<IAuditWriter>();
        time = services.GetRequiredService<TimeProvider>();
    }

    /// <summary>Opens a store of its own.</summary>
    /// <param name="directory">Its data directory.</param>
    /// <param name="server">A database on a server; null for a file in the directory.</param>
    public static async Task<GatewayWrites> OpenAsync(string directory, string? server = null)
    {
        var services = new ServiceCollection()
            .AddStorage(new StorageOptions { DataDirectory = directory, PostgreSql = server is null ? null : new PostgreSqlOptions { ConnectionString = server } })
            .AddAudit(new AuditOptions { DataDirectory = directory })
            .AddSecrets(new SecretsOptions { Key = RandomNumberGenerator.GetBytes(SecretsOptions.MinKeyLength) })
            .BuildServiceProvider();
        await services.GetRequiredService<IStoreInitializer>().InitializeAsync(CancellationToken.None);
        return new GatewayWrites(services, server is null ? "ChatOps" : "ChatOps on PostgreSQL,");
    }

    /// <summary>Accepts messages as the inbox does: find the conversation, touch it, add the item.</summary>
    public Task<BenchmarkRow> InboxAsync(int writers, TimeSpan duration) => Writers.RunAsync($"{name} inbox accept", writers, duration, () =>
    {
        var number = Interlocked.Increment(ref count);
        var conversation = string.Create(CultureInfo.InvariantCulture, $"web/c{number % Conversations}");
        var item = new InboxItem(
            ids.NewId(), string.Create(CultureInfo.InvariantCulture, $"web:{number:x16}"), conversation, new Actor("web", "", "u-41f7", "Uma"), InboundKind.Text,
            "/run systemctl restart nginx --on env=prod,role=web because the certificate was renewed", time.GetUtcNow());
        return store.WriteAsync(
            s =>
            {
                s.Conversations.Find(conversation);
                s.Conversations.Touch(conversation, "uma", "Conversation", item.ReceivedAt);
                return s.Inbox.Add(item);
            },
            CancellationToken.None);
    });

    /// <summary>Appends intents to the audit chain: redacted, hashed, chained.</summary>
    public Task<BenchmarkRow> AuditAsync(int writers, TimeSpan duration) => Writers.RunAsync($"{name} audit append, hash chain included", writers, duration, () =>
    {
        // What differs from one record to the next differs here too.
        var number = Interlocked.Increment(ref count);
        var node = string.Create(CultureInfo.InvariantCulture, $"web-{number % Nodes}");
        var command = string.Create(CultureInfo.InvariantCulture, $"systemctl restart worker@{number}");
        var entry = new AuditEntry(AuditKind.Intent, $"run {command} on {node}")
        {
            Principal = "uma",
            ActorKey = "web:u-41f7",
            ConversationId = "web/c1",
            InvocationId = ids.NewId(),
            Tool = "run",
            Nodes = [node],
            Risk = Policy.Risk.Change,
            Rule = "systemd: restart changes a unit's state",
            Detail = new Dictionary<string, string> { ["command"] = command, ["timeout"] = "00:05:00" },
        };
        return store.WriteAsync(s => audit.Append(s, entry), CancellationToken.None);
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => services.DisposeAsync();
}
