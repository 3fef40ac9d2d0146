using System.Text;

namespace ChatOps.Secrets.Redaction;

/// <summary>
/// Holds back lines of base64 in the widths that keys have, until it is clear whether the closing border of a private key follows: the beginning of
/// a text may be cut off, and the rest of a key is still a key.
/// </summary>
internal sealed class OrphanKey
{
    private const int MaxHeld = 3584;
    private readonly StringBuilder _held = new();
    private bool _passing;

    /// <summary>Whether lines are held.</summary>
    public bool IsHolding => _held.Length > 0;

    /// <summary>Holds a line, or lets it pass.</summary>
    /// <param name="line">The line with its end.</param>
    /// <returns>Whether it is held.</returns>
    public bool Hold(ReadOnlySpan<char> line)
    {
        var text = line.Trim();
        var isKeyLine = text.Length is 64 or 70 or 76 && !text.ContainsAnyExcept(Alphabets.Base64);
        var isLast = IsHolding && text.Length is > 0 and < 76 && !text.ContainsAnyExcept(Alphabets.Base64);
        if (!isKeyLine && !isLast)
        {
            _passing = false;
            return false;
        }

        if (_passing || _held.Length + line.Length > MaxHeld)
        {
            _passing = true;
            return false;
        }

        _held.Append(line);
        return true;
    }

    /// <summary>Gives back what was held.</summary>
    public string Release()
    {
        var text = _held.ToString();
        _held.Clear();
        return text;
    }
}
