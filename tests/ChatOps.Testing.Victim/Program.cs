using ChatOps;
using ChatOps.Audit;
using ChatOps.Identity;
using ChatOps.Messages;
using ChatOps.Secrets;
using ChatOps.Storage;
using ChatOps.Testing.Victim;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// Takes the data directory, then appends with many writers until it is killed. Each id is printed once its write has completed, and not before.
var directory = args[0];
var services = new ServiceCollection()
    .AddStorage(new StorageOptions { DataDirectory = directory })
    .AddSingleton<IRedactor, NothingToRedact>()
    .AddAudit(new AuditOptions { DataDirectory = directory, LookInterval = TimeSpan.FromMilliseconds(20), CheckpointRecords = 10 })
    .BuildServiceProvider();
using var data = services.GetRequiredService<IDataDirectoryLock>();
if (data.TryTake(null) is { } holder)
{
    await Console.Error.WriteLineAsync(holder.Explain());
    return 1;
}

await services.GetRequiredService<IStoreInitializer>().InitializeAsync(CancellationToken.None);
foreach (var service in services.GetServices<IHostedService>()) await service.StartAsync(CancellationToken.None);
var store = services.GetRequiredService<IStore>();
var ids = services.GetRequiredService<IIdGenerator>();
var audit = services.GetRequiredService<IAuditWriter>();
var time = services.GetRequiredService<TimeProvider>();
var output = Console.OpenStandardOutput();
var gate = new Lock();

await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
{
    while (true)
    {
        var id = ids.NewId();
        var item = new InboxItem(id, $"test:{id}", "web/c1", new Actor("web", "", "u1"), InboundKind.Text, "hello", time.GetUtcNow());
        var record = await store.WriteAsync(
            s =>
            {
                s.Inbox.Add(item);
                return audit.Append(s, new AuditEntry(AuditKind.Intent, id));
            },
            CancellationToken.None);
        var line = System.Text.Encoding.ASCII.GetBytes($"{id} {record}\n");
        lock (gate) output.Write(line);
    }
})));
return 0;
