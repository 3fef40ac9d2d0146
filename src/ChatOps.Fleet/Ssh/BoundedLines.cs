using System.Text;

namespace ChatOps.Fleet.Ssh;

/// <summary>Reads a stream line by line; what is longer than a line may be is handed on in pieces.</summary>
internal static class BoundedLines
{
    private const int MaxBytes = 8192;

    /// <summary>Reads to the end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="take">Takes a line without its end.</param>
    public static async Task ReadAsync(Stream stream, Action<string> take)
    {
        var buffer = new byte[MaxBytes];
        var filled = 0;
        try
        {
            while (true)
            {
                var count = await stream.ReadAsync(buffer.AsMemory(filled));
                if (count == 0) break;
                filled += count;
                var begin = 0;
                for (int line; (line = buffer.AsSpan(begin, filled - begin).IndexOf((byte)'\n')) >= 0; begin += line + 1) take(Text(buffer.AsSpan(begin, line)));
                if (begin == 0 && filled == buffer.Length)
                {
                    take(Text(buffer));
                    filled = 0;
                    continue;
                }

                buffer.AsSpan(begin, filled - begin).CopyTo(buffer);
                filled -= begin;
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // The other end is gone, or it was given up: nothing more comes.
        }

        if (filled > 0) take(Text(buffer.AsSpan(0, filled)));
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes).TrimEnd('\r');
}
