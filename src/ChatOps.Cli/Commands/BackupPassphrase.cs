using System.CommandLine;
using ChatOps.Cli.Onboarding;
using ChatOps.Host.Backups;

namespace ChatOps.Cli.Commands;

/// <summary>The passphrase of a backup: from a file, from the environment, or typed. Never in arguments, which others on the machine can read.</summary>
internal static class BackupPassphrase
{
    /// <summary>The variable.</summary>
    public const string Variable = "CHATOPS_BACKUP_PASSPHRASE";

    /// <summary>The option.</summary>
    public static Option<string?> Option() => new("--passphrase-file")
    {
        HelpName = "FILE", Description = $"The first line of this file is the passphrase. Otherwise {Variable} is used, when it is set.",
    };

    /// <summary>What was given; null for nothing.</summary>
    public static string? Given(string? file)
    {
        if (file is null) return Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : null;
        try
        {
            return File.ReadLines(file).FirstOrDefault() is { Length: > 0 } line ? line : throw new CliFailureException(ExitCodes.Usage, "usage", $"--passphrase-file: the first line of {file} is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliFailureException(ExitCodes.Usage, "usage", $"--passphrase-file: {e.Message}");
        }
    }

    /// <summary>What was given for a new backup, which must be long enough.</summary>
    public static string? ForNew(string? file) => Given(file) is not { } passphrase ? null
        : passphrase.Length >= BackupSeal.MinPassphrase ? passphrase
        : throw new CliFailureException(ExitCodes.Usage, "usage", $"The passphrase has fewer than {BackupSeal.MinPassphrase} characters; whoever has the file could find it by trying.");

    /// <summary>What was given for a file that needs one; asked for on a terminal.</summary>
    public static string? ForExisting(CliContext context, string backup, string? file)
    {
        if (!BackupReader.NeedsPassphrase(backup)) return null;
        return Given(file) ?? (context.Streams.InputIsTerminal
            ? new Questions(context.Streams).Ask("Passphrase of the backup:", secret: true)
            : throw new CliFailureException(ExitCodes.Usage, "usage", $"The backup is encrypted: give its passphrase with --passphrase-file or {Variable}."));
    }
}
