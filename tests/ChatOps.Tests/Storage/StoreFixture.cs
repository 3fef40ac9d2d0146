using ChatOps.Diagnostics;
using ChatOps.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Tests.Storage;

/// <summary>A real store in a directory of its own.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    private readonly bool ownsDirectory;

    private StoreFixture(string directory, bool ownsDirectory, ServiceProvider services)
    {
        DataDirectory = directory;
        this.ownsDirectory = ownsDirectory;
        Services = services;
        Store = services.GetRequiredService<IStore>();
        Ids = services.GetRequiredService<IIdGenerator>();
    }

    public string DataDirectory { get; }

    public string Database => Path.Combine(DataDirectory, "chatops.db");

    public ServiceProvider Services { get; }

    public IStore Store { get; }

    public IIdGenerator Ids { get; }

    public IHealthPart Health => Services.GetServices<IHealthPart>().Single(p => p.Name == "store");

    public static string NewDirectory() => Directory.CreateTempSubdirectory("chatops-store-").FullName;

    public static async Task<StoreFixture> OpenAsync(
        string? directory = null, Func<StorageOptions, StorageOptions>? change = null, Action<IServiceCollection>? configure = null)
    {
        var fixture = Create(directory, change, configure);
        try
        {
            await fixture.Services.GetRequiredService<IStoreInitializer>().InitializeAsync(CancellationToken.None);
            return fixture;
        }
        catch
        {
            await fixture.DisposeAsync();
            throw;
        }
    }

    public static StoreFixture Create(string? directory = null, Func<StorageOptions, StorageOptions>? change = null, Action<IServiceCollection>? configure = null)
    {
        var path = directory ?? NewDirectory();
        var options = new StorageOptions { DataDirectory = path };
        var services = new ServiceCollection();
        services.AddStorage(change?.Invoke(options) ?? options);
        configure?.Invoke(services);
        return new StoreFixture(path, directory is null, services.BuildServiceProvider());
    }

    public Task<T> WriteAsync<T>(Func<IStoreSession, T> work) => Store.WriteAsync(work, CancellationToken.None);

    public Task WriteAsync(Action<IStoreSession> work) => WriteAsync(s =>
    {
        work(s);
        return 0;
    });

    public Task<T> ReadAsync<T>(Func<IStoreSession, T> work) => Store.ReadAsync(work, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await Services.DisposeAsync();
        if (ownsDirectory && Directory.Exists(DataDirectory)) Directory.Delete(DataDirectory, recursive: true);
    }
}
