using ChatOps.Channels.Telegram.Client;
using ChatOps.Messages;

namespace ChatOps.Channels.Telegram;

/// <summary>Fetches what came with a message. The address that Telegram gives a file holds the token: it stays in here.</summary>
internal sealed class TelegramFiles(TelegramClient client, TelegramOptions options)
{
    /// <summary>More is not given out by Telegram's own servers.</summary>
    public const long MaxDownload = 20L * 1024 * 1024;

    /// <summary>Fetches one.</summary>
    public async Task<FileFetch> FetchAsync(InboundFile file, Stream into, long maxBytes, CancellationToken cancellationToken)
    {
        var most = options.IsLocal ? maxBytes : Math.Min(maxBytes, MaxDownload);
        if (file.Bytes > most) return TelegramClient.TooLarge(most);
        var answer = await client.GetFileAsync(file.Reference, cancellationToken);
        if (!answer.IsOk) return Refused(answer, most);
        if (answer.Result is not { FilePath: { Length: > 0 } path } found) return new(FileFetchStatus.Gone, "Telegram no longer has the file.");
        if (found.FileSize > most) return TelegramClient.TooLarge(most);
        return path.StartsWith('/') ? await ReadLocalAsync(path, into, most, cancellationToken) : await client.DownloadAsync(path, into, most, cancellationToken);
    }

    private static FileFetch Refused(TgAnswer<TgFileInfo> answer, long most) => answer switch
    {
        { Outcome: TgOutcome.Refused, Code: 400 } when answer.Reason.Contains("too big", StringComparison.OrdinalIgnoreCase) => TelegramClient.TooLarge(most),
        { Outcome: TgOutcome.Refused, Code: 400 or 404 } => new(FileFetchStatus.Gone, "Telegram no longer has the file."),
        _ => new(FileFetchStatus.Failed, $"The file could not be fetched from Telegram. {answer.Reason}"),
    };

    // A local Bot API server names a place on its disk. Only what lies below the configured directory is read, and no link leads out of it.
    private async Task<FileFetch> ReadLocalAsync(string path, Stream into, long most, CancellationToken cancellationToken)
    {
        if (options.LocalFiles is not { } root)
            return new(FileFetchStatus.Failed, "The local Bot API server keeps the file on its own disk. Set Channels:Telegram:LocalFiles to its directory.");
        try
        {
            var file = new FileInfo(Path.GetFullPath(path));
            var real = RealPath(file);
            if (!real.StartsWith(Path.TrimEndingDirectorySeparator(RealPath(new DirectoryInfo(root))) + "/", StringComparison.Ordinal))
                return new(FileFetchStatus.Failed, "The local Bot API server named a file outside Channels:Telegram:LocalFiles; it is not read.");
            await using var content = new FileStream(real, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            return await BoundedCopy.ToAsync(content, into, most, cancellationToken) ? FileFetch.Done : TelegramClient.TooLarge(most);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(FileFetchStatus.Gone, "The local Bot API server no longer has the file.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return new(FileFetchStatus.Failed, "The file of the local Bot API server cannot be read by the gateway. Give its user read access to Channels:Telegram:LocalFiles.");
        }
    }

    // With every link on the way followed.
    private static string RealPath(FileSystemInfo entry)
    {
        var target = entry.ResolveLinkTarget(returnFinalTarget: true) ?? entry;
        var parent = Path.GetDirectoryName(target.FullName);
        return parent is null ? target.FullName : Path.Join(RealPath(new DirectoryInfo(parent)), target.Name);
    }
}
