using System.Buffers;

namespace ChatOps.Secrets.Redaction;

/// <summary>Sets of characters that tokens are made of.</summary>
internal static class Alphabets
{
    private const string Digits = "0123456789";
    private const string Lower = "abcdefghijklmnopqrstuvwxyz";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public static SearchValues<char> Decimal { get; } = SearchValues.Create(Digits);

    public static SearchValues<char> Hex { get; } = SearchValues.Create(Digits + "abcdefABCDEF");

    public static SearchValues<char> UpperAlphanumeric { get; } = SearchValues.Create(Digits + Upper);

    public static SearchValues<char> Alphanumeric { get; } = SearchValues.Create(Digits + Lower + Upper);

    public static SearchValues<char> Word { get; } = SearchValues.Create(Digits + Lower + Upper + "_");

    public static SearchValues<char> Base64Url { get; } = SearchValues.Create(Digits + Lower + Upper + "_-");

    public static SearchValues<char> Base64 { get; } = SearchValues.Create(Digits + Lower + Upper + "+/=");

    public static SearchValues<char> Dotted { get; } = SearchValues.Create(Digits + Lower + Upper + "_-.");

    public static SearchValues<char> Token { get; } = SearchValues.Create(Digits + Lower + Upper + "_-.~+/=%:");

    public static SearchValues<char> Crypt { get; } = SearchValues.Create(Digits + Lower + Upper + "./$=,+-");

    /// <summary>How many characters from the start belong to a set.</summary>
    /// <param name="text">The text.</param>
    /// <param name="alphabet">The set.</param>
    public static int Run(ReadOnlySpan<char> text, SearchValues<char> alphabet)
    {
        var end = text.IndexOfAnyExcept(alphabet);
        return end < 0 ? text.Length : end;
    }
}
