using System.CommandLine;
using ChatOps.Host;
using ChatOps.Host.Backups;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops backup</c>: the data directory in one file, also while the gateway runs.</summary>
internal static class BackupCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "The file to write; it must not be there yet." };
        var passphrase = BackupPassphrase.Option();
        var command = new Command("backup", "Write the store, the keys and the proof of the record into one file, also while the gateway runs. Encrypted when a passphrase is given.") { file, passphrase };
        command.SetAction(result => Run(context, context.Global(result), result.GetValue(file)!, result.GetValue(passphrase)));
        return command;
    }

    private static int Run(CliContext context, GlobalValues global, string file, string? passphraseFile)
    {
        if (global.Gateway is not null) throw new CliFailureException(ExitCodes.Usage, "usage", "backup reads this machine's data directory; it cannot read another machine's with --gateway.");
        var (settings, _, data) = CliSettings.Load(global);
        var passphrase = BackupPassphrase.ForNew(passphraseFile);
        try
        {
            var manifest = new BackupWriter(TimeProvider.System, new IdGenerator(TimeProvider.System)).Write(new StorageOptions { DataDirectory = data, PostgreSql = settings.Options.Store.Server() }, file, passphrase);
            var path = Path.GetFullPath(file);
            if (global.Json) context.Streams.Output.WriteLine(Json.Write(new { file = path, encrypted = passphrase is not null, manifest }));
            else context.Streams.Output.WriteLine($"{path}: {manifest.Parts.Count} parts of {data}{(settings.Options.Store.IsShared ? " and its database server" : "")}, schema {manifest.Schema}, {(passphrase is null ? "not encrypted: it holds keys, keep it as you keep those" : "encrypted")}.");
            return ExitCodes.Done;
        }
        catch (BackupRefusedException e)
        {
            throw new CliFailureException(ExitCodes.Failed, "backup_failed", e.Message);
        }
    }
}
