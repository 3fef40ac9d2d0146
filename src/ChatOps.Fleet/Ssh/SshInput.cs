using System.Text;

namespace ChatOps.Fleet.Ssh;

/// <summary>What a command reads, on its way to a node: lines of base64 behind the script, because what a shell reads is text.</summary>
internal static class SshInput
{
    private const int LineBytes = 57, LinesAtOnce = 512;

    /// <summary>Sends all of it.</summary>
    /// <param name="content">What it is.</param>
    /// <param name="key">The secret word of the execution.</param>
    /// <param name="target">The other end's shell.</param>
    /// <param name="cancellationToken">Looked at only between two pieces, so that it is sure that some of it is missing there. A write that hangs ends with the connection.</param>
    public static async Task SendAsync(ExecutionInput content, string key, Stream target, CancellationToken cancellationToken)
    {
        await target.WriteAsync(Encoding.ASCII.GetBytes(SshScript.InputBegin(key)), CancellationToken.None);
        await using var file = new FileStream(content.FilePath, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, BufferSize = 0, Options = FileOptions.Asynchronous });
        var bytes = new byte[LineBytes * LinesAtOnce];
        for (int read; (read = await file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, CancellationToken.None)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var lines = new StringBuilder();
            for (var at = 0; at < read; at += LineBytes) lines.Append(Convert.ToBase64String(bytes, at, Math.Min(LineBytes, read - at))).Append('\n');
            await target.WriteAsync(Encoding.ASCII.GetBytes(lines.ToString()), CancellationToken.None);
        }

        await target.WriteAsync(Encoding.ASCII.GetBytes(SshScript.InputEnd(key)), CancellationToken.None);
    }
}
