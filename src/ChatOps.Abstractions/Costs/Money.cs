using System.Globalization;

namespace ChatOps.Costs;

/// <summary>Money in millionths of a US dollar.</summary>
public static class Money
{
    /// <summary>Millionths in a dollar.</summary>
    public const long Dollar = 1_000_000;

    /// <summary>The largest amount that people may write, in dollars.</summary>
    public const decimal MaxDollars = 1_000_000;

    /// <summary>In words for people: <c>$0.42</c>; small sums with more places, so that nothing that cost looks like nothing.</summary>
    public static string Text(long amount) => string.Create(CultureInfo.InvariantCulture, $"${(decimal)amount / Dollar:0.00##}");

    /// <summary>Of dollars.</summary>
    public static long Of(decimal dollars) => (long)(dollars * Dollar);

    /// <summary>Reads what a person wrote: <c>5</c>, <c>0.50</c>, <c>$5</c>.</summary>
    public static bool TryRead(string text, out long amount)
    {
        var ok = decimal.TryParse(text.Trim().TrimStart('$'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var dollars) && dollars is > 0 and <= MaxDollars;
        amount = ok ? Of(dollars) : 0;
        return ok && amount > 0;
    }
}
