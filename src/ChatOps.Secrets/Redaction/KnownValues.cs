using System.Buffers;
using System.Text;

namespace ChatOps.Secrets.Redaction;

/// <summary>Values that are known to be secret, found literally and in the forms they take on the way: base64, URL encoding, JSON escapes.</summary>
internal sealed class KnownValues
{
    /// <summary>Shorter values would be found everywhere.</summary>
    public const int MinLength = 6;

    private const int MinEncoded = 8;
    private readonly Dictionary<string, string> _kinds = new(StringComparer.Ordinal);
    private readonly SearchValues<string> _forms;
    private readonly string[] _longestFirst;

    private KnownValues(Dictionary<string, string> kinds)
    {
        _kinds = kinds;
        _forms = SearchValues.Create([.. kinds.Keys], StringComparison.Ordinal);
        _longestFirst = [.. kinds.Keys.OrderByDescending(form => form.Length)];
    }

    /// <summary>None.</summary>
    public static KnownValues Empty { get; } = new([]);

    /// <summary>These and one more.</summary>
    /// <param name="value">The value; of one with several lines, each line counts.</param>
    /// <param name="kind">What the marker calls it.</param>
    public KnownValues With(string value, string kind)
    {
        var kinds = new Dictionary<string, string>(_kinds, StringComparer.Ordinal);
        foreach (var line in value.Split('\n', StringSplitOptions.TrimEntries))
        {
            if (line.Length >= MinLength && (line.Length >= 2 * MinEncoded || !value.Contains('\n')))
                AddForms(kinds, line, kind);
        }

        return new KnownValues(kinds);
    }

    /// <summary>Adds what it finds.</summary>
    /// <param name="text">Text without terminal sequences.</param>
    /// <param name="findings">Receives the findings.</param>
    public void Find(ReadOnlySpan<char> text, List<Finding> findings)
    {
        if (_longestFirst.Length == 0)
            return;

        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAny(_forms);
            if (next < 0)
                return;

            at += next;
            foreach (var form in _longestFirst)
            {
                if (!text[at..].StartsWith(form))
                    continue;

                findings.Add(new Finding(at, at + form.Length, _kinds[form], false));
                break;
            }

            at++;
        }
    }

    private static void AddForms(Dictionary<string, string> kinds, string value, string kind)
    {
        kinds[value] = kind;
        kinds[Uri.EscapeDataString(value)] = kind;
        kinds[Uri.EscapeDataString(value).Replace("%20", "+", StringComparison.Ordinal)] = kind;
        kinds[System.Text.Json.JsonEncodedText.Encode(value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()] = kind;
        kinds[System.Text.Json.JsonEncodedText.Encode(value).ToString()] = kind;

        // In the middle of encoded text the value begins at one of three offsets; the characters that its neighbours share are left out.
        var bytes = Encoding.UTF8.GetBytes(value);
        for (var offset = 0; offset < 3; offset++)
        {
            var padded = new byte[offset + bytes.Length];
            bytes.CopyTo(padded, offset);
            var encoded = Convert.ToBase64String(padded).TrimEnd('=');
            var end = padded.Length % 3 == 0 ? encoded.Length : encoded.Length - 1;
            var core = encoded[(offset == 0 ? 0 : offset + 1)..end];
            if (core.Length < MinEncoded)
                continue;
            kinds[core] = kind;
            kinds[core.Replace('+', '-').Replace('/', '_')] = kind;
        }
    }
}
