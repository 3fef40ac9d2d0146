namespace ChatOps.Console.Text;

/// <summary>The style that SGR sequences have built up so far. Colours are reduced to the 16 that the theme defines.</summary>
internal record struct AnsiStyle(int Foreground, int Background, bool Bold, bool Dim, bool Italic, bool Underline, bool Inverse, bool Strike)
{
    private const int None = -1;

    public static AnsiStyle Plain { get; } = new(None, None, false, false, false, false, false, false);

    public readonly string Classes
    {
        get
        {
            if (this == Plain) return "";
            var classes = new List<string>(4);
            if (Foreground != None) classes.Add($"a-f{Foreground}");
            if (Background != None) classes.Add($"a-b{Background}");
            if (Bold) classes.Add("a-bold");
            if (Dim) classes.Add("a-dim");
            if (Italic) classes.Add("a-italic");
            if (Underline) classes.Add("a-line");
            if (Inverse) classes.Add("a-inverse");
            if (Strike) classes.Add("a-strike");
            return string.Join(' ', classes);
        }
    }

    /// <summary>The style after one sequence's parameters.</summary>
    public readonly AnsiStyle After(IReadOnlyList<int> codes)
    {
        var style = this;
        if (codes.Count == 0) return Plain;
        for (var i = 0; i < codes.Count; i++)
        {
            switch (codes[i])
            {
                case 0: style = Plain; break;
                case 1: style.Bold = true; break;
                case 2: style.Dim = true; break;
                case 3: style.Italic = true; break;
                case 4: style.Underline = true; break;
                case 7: style.Inverse = true; break;
                case 9: style.Strike = true; break;
                case 22: (style.Bold, style.Dim) = (false, false); break;
                case 23: style.Italic = false; break;
                case 24: style.Underline = false; break;
                case 27: style.Inverse = false; break;
                case 29: style.Strike = false; break;
                case >= 30 and <= 37: style.Foreground = codes[i] - 30; break;
                case 38: style.Foreground = Extended(codes, ref i, style.Foreground); break;
                case 39: style.Foreground = None; break;
                case >= 40 and <= 47: style.Background = codes[i] - 40; break;
                case 48: style.Background = Extended(codes, ref i, style.Background); break;
                case 49: style.Background = None; break;
                case >= 90 and <= 97: style.Foreground = codes[i] - 90 + 8; break;
                case >= 100 and <= 107: style.Background = codes[i] - 100 + 8; break;
            }
        }

        return style;
    }

    // 38;5;N (palette) and 38;2;R;G;B; a broken one ends the sequence without effect.
    private static int Extended(IReadOnlyList<int> codes, ref int i, int unchanged)
    {
        if (i + 2 < codes.Count && codes[i + 1] == 5)
        {
            var n = codes[i + 2];
            i += 2;
            return n switch
            {
                < 0 or > 255 => unchanged,
                < 16 => n,
                < 232 => Nearest((n - 16) / 36 * 51, (n - 16) / 6 % 6 * 51, (n - 16) % 6 * 51),
                _ => Nearest(8 + ((n - 232) * 10), 8 + ((n - 232) * 10), 8 + ((n - 232) * 10)),
            };
        }

        if (i + 4 < codes.Count && codes[i + 1] == 2)
        {
            var colour = Nearest(codes[i + 2], codes[i + 3], codes[i + 4]);
            i += 4;
            return colour;
        }

        i = codes.Count;
        return unchanged;
    }

    private static int Nearest(int r, int g, int b)
    {
        var high = Math.Max(r, Math.Max(g, b));
        var low = Math.Min(r, Math.Min(g, b));
        if (high - low < 40) return high switch { < 50 => 0, < 128 => 8, < 210 => 7, _ => 15 };
        var middle = (high + low) / 2;
        var hue = (r > middle ? 1 : 0) | (g > middle ? 2 : 0) | (b > middle ? 4 : 0);
        return high > 200 ? hue + 8 : hue;
    }
}
