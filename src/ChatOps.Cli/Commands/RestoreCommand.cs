using System.CommandLine;
using ChatOps.Host;
using ChatOps.Host.Backups;
using ChatOps.Storage;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary><c>chatops restore</c>: a backup becomes the data directory, with what was under way in it ended.</summary>
internal static class RestoreCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(CliContext context)
    {
        var file = new Argument<string>("FILE") { Description = "The backup." };
        var passphrase = BackupPassphrase.Option();
        var force = new Option<bool>("--force") { Description = "Also when there is something in the data directory: it is kept beside it. The gateway must be stopped." };
        var command = new Command(
            "restore",
            "Make a backup the data directory. Everything in it is proven first. Afterwards old buttons, sessions, API keys and join tokens are void, what waited or ran is ended, and no missed time of a schedule is made up for. Where the settings name a server as the store, its database must be empty.")
        {
            file, passphrase, force,
        };
        command.SetAction((result, cancellationToken) => RunAsync(context, context.Global(result), result.GetValue(file)!, result.GetValue(passphrase), result.GetValue(force), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(CliContext context, GlobalValues global, string file, string? passphraseFile, bool force, CancellationToken cancellationToken)
    {
        if (global.Gateway is not null) throw new CliFailureException(ExitCodes.Usage, "usage", "restore writes this machine's data directory; it cannot write another machine's with --gateway.");
        var (settings, _, data) = CliSettings.Load(global);
        try
        {
            var passphrase = BackupPassphrase.ForExisting(context, file, passphraseFile);
            var report = await new Restoration(TimeProvider.System, new IdGenerator(TimeProvider.System)).RunAsync(file, new StorageOptions { DataDirectory = data, PostgreSql = settings.Options.Store.Server() }, passphrase, force, cancellationToken);
            Print(context, global, report);
            return ExitCodes.Done;
        }
        catch (BackupRefusedException e)
        {
            throw new CliFailureException(ExitCodes.Failed, "restore_failed", e.Message);
        }
    }

    private static void Print(CliContext context, GlobalValues global, RestoreReport report)
    {
        var output = context.Streams.Output;
        if (global.Json)
        {
            output.WriteLine(Json.Write(new { report.DataDirectory, report.Before, report.Settled, report.Manifest }));
            return;
        }

        output.WriteLine($"{report.DataDirectory} is the backup of {report.Manifest.CreatedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.");
        if (report.Before is not null) output.WriteLine($"What was there before is in {report.Before}.");
        foreach (var (what, count) in report.Settled.Where(s => s.Value > 0)) output.WriteLine($"  ended or moved on: {count} {what}");
        output.WriteLine("Sessions and API keys are void: sign in with the link that `chatops gateway` prints, and make new keys.");
    }
}
