using System.Text;

namespace ChatOps.Fleet.Ssh;

/// <summary>Reads what a session says. What a login prints before the line with the secret word is not the command's output.</summary>
internal static class SshOutput
{
    private const int ReadSize = 32 * 1024;

    /// <summary>Reads to the end.</summary>
    /// <param name="stream">The session's standard output.</param>
    /// <param name="key">The secret word of the execution.</param>
    /// <param name="take">Is given the command's output.</param>
    /// <returns>What came when the command's output never began; empty otherwise.</returns>
    public static async Task<string> ReadAsync(Stream stream, string key, Action<ReadOnlyMemory<byte>> take)
    {
        var opening = Encoding.ASCII.GetBytes(key + "\n");
        var buffer = new byte[ReadSize];
        var filled = 0;
        var began = false;
        try
        {
            for (int count; (count = await stream.ReadAsync(buffer.AsMemory(filled))) > 0;)
            {
                if (began)
                {
                    take(buffer.AsMemory(0, count));
                    continue;
                }

                filled += count;
                var at = buffer.AsSpan(0, filled).IndexOf(opening);
                if (at >= 0)
                {
                    began = true;
                    take(buffer.AsMemory(at + opening.Length, filled - at - opening.Length));
                    filled = 0;
                }
                else if (filled > ReadSize - opening.Length)
                {
                    buffer.AsSpan(filled - opening.Length, opening.Length).CopyTo(buffer);
                    filled = opening.Length;
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It was given up.
        }

        return Encoding.UTF8.GetString(buffer, 0, filled).Trim();
    }
}
