using ChatOps.Audit;
using ChatOps.Audit.Checkpoints;
using ChatOps.Diagnostics;
using ChatOps.Secrets;
using ChatOps.Testing;
using ChatOps.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatOps.Tests.Audit;

/// <summary>A store with its audit record, and hands that tamper with it from outside.</summary>
internal sealed class AuditFixture : IAsyncDisposable
{
    private readonly StoreFixture store;
    private bool started;

    private AuditFixture(StoreFixture store, bool started)
    {
        this.store = store;
        this.started = started;
    }

    public StoreFixture Store => store;

    public IAuditWriter Writer => store.Services.GetRequiredService<IAuditWriter>();

    public IAuditLog Log => store.Services.GetRequiredService<IAuditLog>();

    public CheckpointFile Checkpoints => store.Services.GetRequiredService<CheckpointFile>();

    public IHealthPart Health => store.Services.GetServices<IHealthPart>().Single(p => p.Name == "audit");

    private CheckpointService Service => (CheckpointService)store.Services.GetServices<IHostedService>().Single(s => s is CheckpointService);

    public static async Task<AuditFixture> OpenAsync(string? directory = null, bool start = true, bool stopWhenBroken = false, TimeProvider? time = null, StoreKind kind = StoreKind.Sqlite)
    {
        var path = directory ?? StoreFixture.NewDirectory();
        var store = await StoreFixture.OpenAsync(kind, path, configure: s =>
        {
            if (time is not null) s.AddSingleton(time);
            s.AddSingleton<IRedactor, WordRedactor>();
            s.AddAudit(new AuditOptions { DataDirectory = path, BatchRecords = 7, StopEffectsWhenBroken = stopWhenBroken });
        });
        var fixture = new AuditFixture(store, start);
        if (start) await fixture.Service.StartAsync(CancellationToken.None);
        return fixture;
    }

    public Task<string> AppendAsync(AuditEntry entry) => store.WriteAsync(s => Writer.Append(s, entry));

    public async Task AppendAsync(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await AppendAsync(new AuditEntry(AuditKind.Intent, $"uptime, time {i}")
            {
                Principal = "uma",
                Tool = "run",
                Nodes = ["web-1", "web-2"],
                Risk = ChatOps.Policy.Risk.Read,
                Detail = new Dictionary<string, string> { ["command"] = "uptime", ["attempt"] = $"{i}" },
            });
        }
    }

    public Task<AuditVerification> VerifyAsync() => Log.VerifyAsync(CancellationToken.None);

    /// <summary>Changes the database as somebody with the file would, triggers removed.</summary>
    public void Tamper(string sql) => Tamper(store.Database, sql);

    public static void Tamper(string database, string sql)
    {
        using var connection = DatabaseFile.Open(database, "Foreign Keys=False");
        using var command = connection.CreateCommand();
        command.CommandText =
            $"""
            DROP TRIGGER IF EXISTS audit_in_order; DROP TRIGGER IF EXISTS audit_no_update; DROP TRIGGER IF EXISTS audit_no_delete;
            DROP TRIGGER IF EXISTS audit_nodes_in_order; DROP TRIGGER IF EXISTS audit_nodes_no_update; DROP TRIGGER IF EXISTS audit_nodes_no_delete;
            {sql}
            """;
        command.ExecuteNonQuery();
    }

    /// <summary>Ends it as a gateway ends, the directory stays.</summary>
    public async Task CloseAsync()
    {
        if (started) await Service.StopAsync(CancellationToken.None);
        started = false;
        await store.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (Directory.Exists(store.DataDirectory)) Directory.Delete(store.DataDirectory, recursive: true);
    }
}
