using System.Data.Common;
using ChatOps.Diagnostics;
using ChatOps.Storage;
using ChatOps.Testing;
using ChatOps.Testing.Servers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace ChatOps.Tests.Storage;

/// <summary>A real store in a directory of its own.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    private readonly bool ownsDirectory;

    private StoreFixture(string directory, bool ownsDirectory, PostgreSqlOptions? server, ServiceProvider services)
    {
        Server = server;
        DataDirectory = directory;
        this.ownsDirectory = ownsDirectory;
        Services = services;
        Store = services.GetRequiredService<IStore>();
        Ids = services.GetRequiredService<IIdGenerator>();
    }

    public string DataDirectory { get; }

    public string Database => Path.Combine(DataDirectory, "chatops.db");

    /// <summary>The database on a server; null for a file.</summary>
    public PostgreSqlOptions? Server { get; }

    public ServiceProvider Services { get; }

    public IStore Store { get; }

    public IIdGenerator Ids { get; }

    public IHealthPart Health => Services.GetServices<IHealthPart>().Single(p => p.Name == "store");

    public static string NewDirectory() => Directory.CreateTempSubdirectory("chatops-store-").FullName;

    public static Task<StoreFixture> OpenAsync(StoreKind kind, string? directory = null, Func<StorageOptions, StorageOptions>? change = null, Action<IServiceCollection>? configure = null) =>
        OpenAsync(directory, change, configure, kind);

    public static async Task<StoreFixture> OpenAsync(
        string? directory = null, Func<StorageOptions, StorageOptions>? change = null, Action<IServiceCollection>? configure = null, StoreKind kind = StoreKind.Sqlite)
    {
        var fixture = Create(directory, change, configure, kind);
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

    public static StoreFixture Create(
        string? directory = null, Func<StorageOptions, StorageOptions>? change = null, Action<IServiceCollection>? configure = null, StoreKind kind = StoreKind.Sqlite)
    {
        var path = directory ?? NewDirectory();
        var options = new StorageOptions { DataDirectory = path, PostgreSql = kind == StoreKind.PostgreSql ? ServerOf(path) : null };
        options = change?.Invoke(options) ?? options;
        var services = new ServiceCollection();
        services.AddStorage(options);
        configure?.Invoke(services);
        return new StoreFixture(path, directory is null, options.PostgreSql, services.BuildServiceProvider());
    }

    /// <summary>The database of a directory: the same one every time that it is opened.</summary>
    public static PostgreSqlOptions ServerOf(string directory)
    {
        if (PostgreSqlCluster.Shared is null) throw new InvalidOperationException("PostgreSQL is not installed here; tests/run.sh installs it.");

        // A test may hold a transaction for as long as a busy machine takes; what the limit does has tests of its own.
        return new PostgreSqlOptions { ConnectionString = PostgreSqlCluster.Shared!.DatabaseFor(directory), IdleInTransaction = Until.Limit };
    }

    /// <summary>A connection past the store, as somebody with a database shell has it.</summary>
    public async Task<DbConnection> ConnectOutsideAsync()
    {
        if (Server is null) return DatabaseFile.Open(Database);
        var connection = new NpgsqlConnection(Server.ConnectionString + ";Pooling=False");
        await connection.OpenAsync();
        return connection;
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
        if (!ownsDirectory) return;
        if (Directory.Exists(DataDirectory)) Directory.Delete(DataDirectory, recursive: true);
        if (Server is not null) PostgreSqlCluster.Shared!.Drop(DataDirectory);
    }
}
