using System.Globalization;
using System.Security.Cryptography;
using ChatOps.Audit;
using ChatOps.Secrets;
using ChatOps.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace ChatOps.Host.Backups;

/// <summary>Puts a backup in place: unpacked and proven beside the data directory, made safe there, and only then moved to it.</summary>
/// <param name="time">The clock.</param>
/// <param name="ids">Names what lies beside.</param>
internal sealed class Restoration(TimeProvider time, IIdGenerator ids)
{
    /// <summary>Restores it.</summary>
    /// <param name="file">The backup.</param>
    /// <param name="store">Where to: the data directory, and the server when that keeps the store.</param>
    /// <param name="passphrase">Its passphrase; null for none.</param>
    /// <param name="force">Whether what is there may be moved aside.</param>
    /// <param name="cancellationToken">Ends it; then nothing is in place.</param>
    /// <exception cref="BackupRefusedException">It does not hold, or there is something in its place; nothing was changed.</exception>
    /// <exception cref="StoreUnavailableException">Its database cannot be opened, or that on the server is not empty or cannot be written.</exception>
    public async Task<RestoreReport> RunAsync(string file, StorageOptions store, string? passphrase, bool force, CancellationToken cancellationToken)
    {
        var data = Path.TrimEndingDirectorySeparator(Path.GetFullPath(store.DataDirectory));
        var staging = $"{data}.restoring-{ids.NewId()}";
        using var held = Take(data, force);
        try
        {
            PrivateFolder.Create(staging);
            var manifest = BackupReader.Extract(file, staging, passphrase);
            var settled = await SettleAsync(staging, manifest, cancellationToken);
            StoreSection.Keep(data, staging);

            // After all is proven and before it is in place: a data directory without its store must never start.
            if (store.PostgreSql is { } server) Fill(server, staging);
            return new RestoreReport(manifest, data, PutInPlace(staging, data), settled);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BackupRefusedException($"The backup could not be put in place at {data}: {e.Message}", e);
        }
        finally
        {
            PrivateFolder.Remove(staging);
        }
    }

    private void Fill(PostgreSqlOptions server, string staging)
    {
        var database = Path.Combine(staging, StorageRegistration.DatabaseFile);
        StorageRegistration.FillDatabase(server, database, time);
        foreach (var file in Directory.EnumerateFiles(staging, StorageRegistration.DatabaseFile + "*")) File.Delete(file);
    }

    private IDataDirectoryLock? Take(string data, bool force)
    {
        if (!Directory.Exists(data) || !Directory.EnumerateFileSystemEntries(data).Any()) return null;
        if (!force) throw new BackupRefusedException($"{data} is not empty. Restore into another directory with --data, or with --force, which keeps what is there beside it.");
        var held = StorageRegistration.DataDirectoryLock(data, time);
        if (held.TryTake(null) is not { } holder) return held;
        held.Dispose();
        throw new BackupRefusedException($"{holder.Explain()} Stop it before a backup takes its place.");
    }

    private async Task<IReadOnlyDictionary<string, int>> SettleAsync(string staging, BackupManifest manifest, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddSingleton(time)
            .AddSecrets(new SecretsOptions { Key = RandomNumberGenerator.GetBytes(SecretsOptions.MinKeyLength) })
            .AddStorage(new StorageOptions { DataDirectory = staging })
            .AddAudit(new AuditOptions { DataDirectory = staging })
            .BuildServiceProvider();
        await services.GetRequiredService<IStoreInitializer>().InitializeAsync(cancellationToken);
        var verification = await services.GetRequiredService<IAuditLog>().VerifyAsync(cancellationToken);
        if (!verification.Intact)
            throw new BackupRefusedException($"The audit record in the backup does not hold: {verification.Problem} Nothing was restored; take an older backup.");
        var state = new RestoredState(services.GetRequiredService<IAuditWriter>(), time);
        return await services.GetRequiredService<IStore>().WriteAsync(session => state.Settle(session, manifest), cancellationToken);
    }

    private string? PutInPlace(string staging, string data)
    {
        string? before = null;
        if (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any())
        {
            before = string.Create(CultureInfo.InvariantCulture, $"{data}.before-{time.GetUtcNow():yyyyMMdd-HHmmss}");
            Directory.Move(data, before);
        }
        else if (Directory.Exists(data))
        {
            Directory.Delete(data);
        }

        try
        {
            Directory.Move(staging, data);
        }
        catch (IOException) when (before is not null)
        {
            Directory.Move(before, data);
            throw;
        }

        return before;
    }
}
