using System.Security.Cryptography;
using System.Text;

namespace ChatOps.Secrets.Redaction;

/// <summary>The lines between the borders of a private key; also when the closing border never comes.</summary>
internal sealed class PrivateKeyBlock(Marker marker) : IDisposable
{
    private const int MinFullLine = 40;
    private IncrementalHash? _body;
    private string _prefix = "";
    private string _lineEnd = "\n";
    private bool _shortSeen;

    /// <summary>Whether such a block is open.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Opens a block behind its border line.</summary>
    public void Open()
    {
        IsOpen = true;
        _shortSeen = false;
    }

    /// <summary>Takes a line.</summary>
    /// <param name="line">The line with its end, without terminal sequences.</param>
    /// <param name="output">Receives the marker when the content ends here.</param>
    /// <returns>Whether the line was content, and is thereby gone; otherwise it goes its ordinary way.</returns>
    public bool Take(ReadOnlySpan<char> line, StringBuilder output)
    {
        var text = line.Trim();
        if (PrivateKeyScanner.ClosesFirst(text))
        {
            Close(output);
            return false;
        }

        if (text.IsEmpty || IsHeader(text))
            return false;

        var token = text[(text.LastIndexOfAny(' ', '\t', '|') + 1)..].Trim("\",'\\");
        if (token.IsEmpty || token.ContainsAnyExcept(Alphabets.Base64) || !IsBody(token, token.Length == text.Trim("\",'\\").Length))
        {
            Close(output);
            return false;
        }

        _shortSeen = token.Length < MinFullLine && token[0] != '=';
        if (_body is null)
        {
            _body = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            _prefix = line[..line.IndexOf(token, StringComparison.Ordinal)].ToString();
            _lineEnd = line[line.TrimEnd("\r\n").Length..].ToString();
        }

        _body.AppendData(Encoding.UTF8.GetBytes(token.ToString()));
        return true;
    }

    // A full line, a checksum, or one short line that stands alone: the last one.
    private bool IsBody(ReadOnlySpan<char> token, bool alone) =>
        token.Length >= MinFullLine || (token[0] == '=' && token.Length == 5) || (alone && !_shortSeen);

    /// <summary>Ends the content, as the end of the text does.</summary>
    /// <param name="output">Receives the marker.</param>
    public void Close(StringBuilder output)
    {
        IsOpen = false;
        if (_body is null)
            return;

        output.Append(_prefix).Append(marker.For(PrivateKeyScanner.Kind, _body.GetHashAndReset())).Append(_lineEnd);
        _body.Dispose();
        _body = null;
    }

    /// <inheritdoc />
    public void Dispose() => _body?.Dispose();

    private static bool IsHeader(ReadOnlySpan<char> text) =>
        text.StartsWith("Proc-Type:") || text.StartsWith("DEK-Info:") || text.StartsWith("Version:") || text.StartsWith("Comment:") || text.StartsWith("Hash:") || text.StartsWith("Subject:");
}
