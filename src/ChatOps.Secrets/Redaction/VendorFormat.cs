using System.Buffers;

namespace ChatOps.Secrets.Redaction;

/// <summary>A vendor's token: a prefix, then characters of an alphabet.</summary>
/// <param name="Kind">What the marker calls it.</param>
/// <param name="Prefix">How it begins, in exact case.</param>
/// <param name="Alphabet">What follows the prefix.</param>
/// <param name="Min">Characters behind the prefix, at least.</param>
/// <param name="Max">At most; a longer run is something else.</param>
/// <param name="Mixed">Whether it must hold at least two digits and a letter behind the prefix, because the prefix alone is too common.</param>
internal sealed record VendorFormat(string Kind, string Prefix, SearchValues<char> Alphabet, int Min, int Max = int.MaxValue, bool Mixed = false);
