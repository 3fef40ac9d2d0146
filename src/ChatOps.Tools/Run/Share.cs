using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ChatOps.Tools.Run;

/// <summary>A number of nodes, given as such or as a part of all in percent.</summary>
internal readonly record struct Share(int Number, bool IsPercent)
{
    private const int Largest = 1_000_000;

    /// <summary>Reads <c>5</c> or <c>20%</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Share? share)
    {
        share = null;
        var percent = text.EndsWith('%');
        if (!int.TryParse(percent ? text[..^1] : text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > (percent ? 100 : Largest)) return false;
        share = new Share(number, percent);
        return true;
    }

    /// <summary>How many nodes it is: a part of a node counts as one.</summary>
    public int Of(int total) => IsPercent ? (int)(((long)Number * total + 99) / 100) : Number;

    /// <summary>Whether so many of all are more than it. Equal is not more.</summary>
    public bool IsExceededBy(int count, int total) => IsPercent ? (long)count * 100 > (long)Number * total : count > Number;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}{(IsPercent ? "%" : "")}");
}
