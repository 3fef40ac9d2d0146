using System.Text;

namespace ChatOps.Cli.Mcp;

/// <summary>Reads lines of a bounded length.</summary>
/// <param name="input">From where.</param>
internal sealed class LineReader(TextReader input)
{
    /// <summary>Characters of a line; a longer one is passed over to its end.</summary>
    public const int MaxLine = 2 * 1024 * 1024;

    private readonly char[] buffer = new char[8192];
    private int start;
    private int end;

    /// <summary>The next line; null at the end. A line that was too long is empty.</summary>
    public async Task<string?> ReadAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var any = false;
        var tooLong = false;
        while (true)
        {
            if (start == end)
            {
                // A read of standard input cannot be called off, so it is left behind.
                (start, end) = (0, await input.ReadAsync(buffer.AsMemory(), CancellationToken.None).AsTask().WaitAsync(cancellationToken));
                if (end == 0) return any ? line.ToString() : null;
            }

            any = true;
            var at = Array.IndexOf(buffer, '\n', start, end - start);
            var until = at < 0 ? end : at;
            if (!tooLong) line.Append(buffer, start, until - start);
            start = at < 0 ? end : at + 1;
            if (line.Length > MaxLine)
            {
                tooLong = true;
                line.Clear();
            }

            if (at >= 0) return line.ToString();
        }
    }
}
