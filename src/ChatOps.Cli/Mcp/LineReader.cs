using System.Text;

namespace ChatOps.Cli.Mcp;

/// <summary>Reads lines of a bounded length.</summary>
/// <param name="input">From where.</param>
internal sealed class LineReader(TextReader input)
{
    /// <summary>Characters of a line that is read at all; a longer one is passed over to its end. More than a gateway takes, so that whoever sent too much is answered.</summary>
    public const int MaxLine = 16 * 1024 * 1024;

    /// <summary>What stands for a line that was too long.</summary>
    public const string TooLong = " ";

    private readonly char[] buffer = new char[8192];
    private int start;
    private int end;

    /// <summary>The next line; null at the end. One that was too long is a single space.</summary>
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
                if (end == 0) return tooLong ? TooLong : any ? line.ToString() : null;
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

            if (at >= 0) return tooLong ? TooLong : line.ToString();
        }
    }
}
