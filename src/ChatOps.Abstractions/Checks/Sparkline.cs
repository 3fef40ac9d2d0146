namespace ChatOps.Checks;

/// <summary>A row of numbers as a line of blocks, for places that show text alone.</summary>
public static class Sparkline
{
    /// <summary>Most blocks of a line.</summary>
    public const int MaxLength = 30;

    private const string Blocks = "▁▂▃▄▅▆▇█";
    private const char Missing = '·';
    private const char Bad = '!';

    /// <summary>The newest samples; where there is no value, a dot for a good look and a mark for a bad one. Empty for fewer than two.</summary>
    public static string Of(IReadOnlyList<CheckSample> history)
    {
        if (history.Count < 2) return "";
        var shown = history.Skip(Math.Max(0, history.Count - MaxLength)).ToList();
        var values = shown.Select(s => s.Value).OfType<double>().ToList();
        var (low, high) = values.Count == 0 ? (0, 0) : (values.Min(), values.Max());
        return string.Concat(shown.Select(Block));

        char Block(CheckSample sample) => sample.Value is not { } value ? sample.Level <= CheckLevel.Ok ? Missing : Bad
            : high - low < double.Epsilon ? Blocks[0]
            : Blocks[(int)Math.Clamp(Math.Round((value - low) / (high - low) * (Blocks.Length - 1)), 0, Blocks.Length - 1)];
    }
}
