using System.CommandLine;
using System.Security.Cryptography;
using ChatOps.Cli.Client;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary>Files of this machine on a command line: those that a tool takes are handed to the gateway, the one that it gives is written here.</summary>
internal static class FileArguments
{
    private const string Output = "--output";

    /// <summary>Gives the tools that answer with a file the option where to write it.</summary>
    public static void AddOutput(Command command) => command.Add(new Option<string>(Output) { HelpName = "FILE", Description = "Write the file here, once it is whole." });

    /// <summary>The arguments with each file in them handed over.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> UploadedAsync(ToolManifest tool, IReadOnlyDictionary<string, string> arguments, GatewayClient client, CancellationToken cancellationToken)
    {
        var taken = tool.Parameters.Where(p => p.IsUpload && arguments.ContainsKey(p.Name)).ToList();
        if (taken.Count == 0) return arguments;
        var values = new Dictionary<string, string>(arguments, StringComparer.Ordinal);
        foreach (var parameter in taken)
        {
            try
            {
                await using var file = File.OpenRead(arguments[parameter.Name]);
                values[parameter.Name] = await client.UploadAsync(file, cancellationToken);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CliFailureException(ExitCodes.Usage, "file", $"--{parameter.Name}: {e.Message}");
            }
        }

        return values;
    }

    /// <summary>Writes the file that a tool gave where it was asked for.</summary>
    public static async Task SaveAsync(CliContext context, ParseResult result, InvocationAnswer answer, GatewayClient client, CancellationToken cancellationToken)
    {
        if (answer.Status != InvocationStatus.Done || Asked(result) is not { } path || answer.Message?.Blocks.OfType<FileBlock>().FirstOrDefault() is not { } block) return;
        path = Path.GetFullPath(path);
        var part = $"{path}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.part";
        try
        {
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write))
            {
                await client.DownloadAsync(block.FileId, file, cancellationToken);
                file.Flush(flushToDisk: true);
            }

            if (answer.Raw.GetProperty("result").TryGetProperty("fileSha256", out var hash))
            {
                await using var written = File.OpenRead(part);
                if (Convert.ToHexStringLower(await SHA256.HashDataAsync(written, cancellationToken)) != hash.GetString())
                    throw new CliFailureException(ExitCodes.Failed, "not_whole", $"What came is not the whole file; {path} was not written. Ask again.");
            }

            File.Move(part, path, overwrite: true);
            context.Say($"Written: {path}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliFailureException(ExitCodes.Failed, "file", $"{path} cannot be written: {e.Message}");
        }
        finally
        {
            File.Delete(part);
        }
    }

    private static string? Asked(ParseResult result) =>
        result.CommandResult.Command.Options.FirstOrDefault(o => o.Name == Output) is Option<string> option ? result.GetValue(option) : null;
}
