using System.Text;

namespace ChatOps.Agent.Speech;

/// <summary>Names as they sound: <c>web-1</c>, <c>web01</c>, "web one" and "Web 1" are one key.</summary>
internal static class SpokenName
{
    private static readonly Dictionary<string, int> Numbers = new(StringComparer.Ordinal)
    {
        ["zero"] = 0, ["one"] = 1, ["two"] = 2, ["three"] = 3, ["four"] = 4, ["five"] = 5, ["six"] = 6, ["seven"] = 7, ["eight"] = 8, ["nine"] = 9, ["ten"] = 10,
        ["eleven"] = 11, ["twelve"] = 12, ["thirteen"] = 13, ["fourteen"] = 14, ["fifteen"] = 15, ["sixteen"] = 16, ["seventeen"] = 17, ["eighteen"] = 18, ["nineteen"] = 19,
        ["twenty"] = 20, ["thirty"] = 30, ["forty"] = 40, ["fifty"] = 50, ["sixty"] = 60, ["seventy"] = 70, ["eighty"] = 80, ["ninety"] = 90,
    };

    /// <summary>The key of a name, written or spoken; empty when it has no letter and no digit.</summary>
    public static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        var pieces = Pieces(name.ToLowerInvariant());
        for (var i = 0; i < pieces.Count; i++)
        {
            // Parts are kept apart, so that "web eleven" is not "web one one" and web-1-1 is not web-11.
            if (key.Length > 0) key.Append(' ');
            if (!Numbers.TryGetValue(pieces[i], out var number)) key.Append(pieces[i]);
            else if (number is >= 20 && i + 1 < pieces.Count && Numbers.TryGetValue(pieces[i + 1], out var unit) && unit is > 0 and < 10)
            {
                key.Append(number + unit);
                i++;
            }
            else key.Append(number);
        }

        return key.ToString();
    }

    // Runs of letters and runs of digits; everything between is a border. 01 and 1 sound the same.
    private static List<string> Pieces(string name)
    {
        var pieces = new List<string>();
        for (var i = 0; i < name.Length;)
        {
            var start = i;
            if (char.IsAsciiDigit(name[i]))
            {
                while (i < name.Length && char.IsAsciiDigit(name[i])) i++;
                pieces.Add(name[start..i].TrimStart('0') is { Length: > 0 } digits ? digits : "0");
            }
            else if (char.IsLetter(name[i]))
            {
                while (i < name.Length && char.IsLetter(name[i])) i++;
                pieces.Add(name[start..i]);
            }
            else
            {
                i++;
            }
        }

        return pieces;
    }
}
