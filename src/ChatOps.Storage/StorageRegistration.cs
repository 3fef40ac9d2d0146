using ChatOps.Diagnostics;
using ChatOps.Storage.Copies;
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

    /// <summary>Copies the store into a new SQLite file, consistently, also while gateways write to it: for a backup. A server's copy has the same form as a file's.</summary>
    /// <returns>The version of its schema.</returns>
    /// <exception cref="StoreUnavailableException">It cannot be read, or the copy not be written.</exception>
    public static int CopyDatabase(StorageOptions options, string path, TimeProvider time) => options.PostgreSql is { } server
        ? new PostgreSqlCopy(server, time).WriteTo(path)
        : new SqliteCopy(new SqliteFile(options)).WriteTo(path);

    /// <summary>Fills an empty database on a server with an SQLite file of this program's schema: for a restore. All of it or nothing.</summary>
    /// <exception cref="StoreUnavailableException">The database is not empty, or cannot be written.</exception>
    public static void FillDatabase(PostgreSqlOptions server, string path, TimeProvider time) => new PostgreSqlCopy(server, time).FillFrom(path);

    /// <summary>The name of the SQLite database in a data directory.</summary>
    public static string DatabaseFile => SqliteFile.FileName;

    /// <summary>
    /// In a store that was restored: ends what was under way in the rows that no other store has, so that nothing of it happens a second time.
    /// Invocations, approvals and the next times of schedules are the caller's, who knows what they mean.
    /// </summary>
    /// <returns>How many rows of what were touched.</returns>
    public static IReadOnlyDictionary<string, int> SettleRestored(IStoreSession session, DateTimeOffset now) => new RestoredRows((SqlSession)session).Settle(now);
}
