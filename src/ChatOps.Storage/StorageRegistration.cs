using ChatOps.Diagnostics;
using ChatOps.Storage.Engine;
using ChatOps.Storage.Migrations;
using ChatOps.Storage.PostgreSql;
using ChatOps.Storage.Sessions;
using ChatOps.Storage.Sqlite;
using ChatOps.Storage.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace ChatOps.Storage;

/// <summary>Adds the store.</summary>
public static class StorageRegistration
{
    /// <summary>
    /// Adds <see cref="IStore"/>, <see cref="IStoreInitializer"/>, <see cref="IDataDirectoryLock"/> and the health part <c>store</c>.
    /// The host takes the lock, then initialises, before anything else runs. A bus, when there is one, is used for messages after a commit.
    /// </summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, StorageOptions options)
    {
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IIdGenerator, IdGenerator>();
        services.AddSingleton(options);
        services.AddSingleton<StoreMetrics>();
        services.AddSingleton<AfterCommitPublisher>();
        if (options.PostgreSql is { } server) services.AddPostgreSql(server);
        else services.AddSqlite();
        services.AddSingleton<SqlStore>();
        services.AddSingleton<IStore>(p => p.GetRequiredService<SqlStore>());
        services.AddSingleton<IStoreInitializer>(p => p.GetRequiredService<SqlStore>());
        services.AddSingleton<IHealthPart, StoreHealth>();
        services.AddSingleton(p => DataDirectoryLock(options.DataDirectory, p.GetRequiredService<TimeProvider>()));
        return services;
    }

    private static void AddSqlite(this IServiceCollection services)
    {
        services.AddSingleton<SqliteFile>();
        services.AddSingleton<SqliteOpening>();
        services.AddSingleton<ISqlDatabase, SqliteDatabase>();
        services.AddMigrator("Sqlite");
    }

    private static void AddPostgreSql(this IServiceCollection services, PostgreSqlOptions server)
    {
        services.AddSingleton(server);
        services.AddSingleton<ISqlDatabase, PostgreSqlDatabase>();
        services.AddMigrator("PostgreSql");
    }

    private static void AddMigrator(this IServiceCollection services, string provider) => services.AddSingleton(
        p => new Migrator(Migration.Load(provider), p.GetRequiredService<TimeProvider>(), p.GetRequiredService<ILogger<Migrator>>()));

    /// <summary>The lock of a data directory without a host: for a command that asks whether a gateway runs there.</summary>
    public static IDataDirectoryLock DataDirectoryLock(string dataDirectory, TimeProvider time) => new DataDirectoryLock(dataDirectory, time);

    /// <summary>Copies the SQLite database of a data directory into a new file, consistently, also while a gateway runs there: for a backup.</summary>
    /// <returns>The version of its schema.</returns>
    /// <exception cref="StoreUnavailableException">It cannot be read, or the copy not be written.</exception>
    public static int CopyDatabase(string dataDirectory, string path) => new SqliteCopy(new SqliteFile(new StorageOptions { DataDirectory = dataDirectory })).WriteTo(path);

    /// <summary>The name of the SQLite database in a data directory.</summary>
    public static string DatabaseFile => SqliteFile.FileName;

    /// <summary>
    /// In a store that was restored: ends what was under way in the rows that no other store has, so that nothing of it happens a second time.
    /// Invocations, approvals and the next times of schedules are the caller's, who knows what they mean.
    /// </summary>
    /// <returns>How many rows of what were touched.</returns>
    public static IReadOnlyDictionary<string, int> SettleRestored(IStoreSession session, DateTimeOffset now) => new RestoredRows((SqlSession)session).Settle(now);
}
