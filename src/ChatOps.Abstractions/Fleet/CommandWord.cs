namespace ChatOps.Fleet;

/// <summary>One argument.</summary>
/// <param name="Text">
/// The literal text; or, when <paramref name="IsPattern"/>, a pathname pattern with <c>*</c>, <c>?</c> and <c>[…]</c> where a backslash
/// takes the next character literally. The node expands it (POSIX 2.13.3: a leading dot is matched only by a literal dot; no match
/// leaves the pattern as it is). An expansion that would begin with <c>-</c> gets <c>./</c> in front.
/// </param>
/// <param name="IsPattern">Whether <paramref name="Text"/> is a pathname pattern.</param>
public sealed record CommandWord(string Text, bool IsPattern);
