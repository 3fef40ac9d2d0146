using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ChatOps.Identity.Files;

/// <summary>What the texts of access.yaml may look like. Each check answers with what is wrong, or null.</summary>
internal static partial class AccessText
{
    /// <summary>Longest display name, description or identity, in characters.</summary>
    public const int MaxLength = 200;

    private const int MaxShown = 400;

    /// <summary>Channels whose actors we authenticate ourselves: the user id is the principal's id, so nobody is linked to them.</summary>
    public static readonly IReadOnlySet<string> OwnChannels = new HashSet<string>(StringComparer.Ordinal) { "web", "cli", "api", "checks", "schedule", "finding" };

    public static string? Name(string text) => NamePattern().IsMatch(text)
        ? null
        : "a name has 1 to 64 lower case letters, digits, '-', '_' or '.', and begins with a letter or digit.";

    /// <summary>One line without characters that a screen or a reader could be fooled with.</summary>
    public static string? Display(string text)
    {
        if (text.Length > MaxLength) return $"it is longer than {MaxLength} characters.";
        return text.EnumerateRunes().Any(Invisible) ? "it has invisible or control characters; write one plain line." : null;
    }

    public static string? Identity(string text)
    {
        if (text.Length > MaxLength) return $"an identity is at most {MaxLength} characters long.";
        var parts = text.Split(':');
        if (parts.Length is not (2 or 3) || !ChannelPattern().IsMatch(parts[0]) || parts.Skip(1).Any(p => p.Length == 0 || p.EnumerateRunes().Any(NotInId)))
            return "an identity is written channel:id or channel:tenant:id, such as telegram:12345 or slack:T01:U02, without spaces.";
        return OwnChannels.Contains(parts[0])
            ? $"people are known to '{parts[0]}' by their name here after they signed in, so it is not an identity to list; remove it."
            : null;
    }

    private static bool NotInId(Rune rune) => Rune.IsWhiteSpace(rune) || Invisible(rune);

    /// <summary>A text out of a file made fit for a log line or a screen.</summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(MaxShown)) shown.Append(Invisible(rune) ? "?" : rune.ToString());
        return shown.ToString();
    }

    private static bool Invisible(Rune rune) => rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[a-z][a-z0-9_-]{0,31}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ChannelPattern();
}
