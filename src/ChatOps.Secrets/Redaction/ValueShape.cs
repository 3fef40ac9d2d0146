using System.Buffers;

namespace ChatOps.Secrets.Redaction;

/// <summary>Judges a value that stands behind a key's name: a secret, or a word, a reference, a mask, a type.</summary>
internal static class ValueShape
{
    private const int MinPassword = 3, MinToken = 6, MinRandom = 16, MinPlainToken = 12, MaxWord = 24;
    private const int Reach = 256; // bounds the work that hostile text can cause
    private static readonly SearchValues<char> MaskCharacters = SearchValues.Create("*•●·xX.-_#?… ");
    private static readonly SearchValues<char> Symbols = SearchValues.Create("+/=!@#$%^&*~");
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-/");
    private static readonly SearchValues<char> CodeCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_.[]'\"");

    private static readonly HashSet<string> Words = new(
        ("must should shall required requires is isn't not none null nil true false yes no on off empty unset set missing invalid incorrect wrong expired expires changed change updated reset "
        + "accepted rejected failed failure optional hidden see use enter for the a an your my to from in at and or with ok okay enabled disabled prompt ask n/a na string str undefined unknown "
        + "redacted masked sensitive number int bool boolean object option any bytes byte text type value default pending active inactive locked unlocked unavailable available blank "
        + "files file compat systemd sss ldap nis winbind db all never always omitted removed deleted created generated rotated stored saved found denied granted valid unchanged encrypted "
        + "plaintext authentication authorization successfully success error interactive login password passwd secret token key username user flag option argument parameter field this that "
        + "it are was were has have been be will can cannot could may if when which argument, bearer basic self env vault stdin file: keyring keychain pass age sops sso oauth oauth2 jwt rsa "
        + "prefer require allow disable refresh access requisite sufficient include unix try again mismatch mismatched does do did don't please contains too at least nothing").Split(' '),
        StringComparer.OrdinalIgnoreCase);

    private static readonly HashSet<string> ProseWords = new(
        "the is are a an to of and or must be for in not you your has was with that this it on by at from should can cannot have will too least as if does do did been".Split(' '), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the value is a secret.</summary>
    /// <param name="value">Without its quotes.</param>
    /// <param name="family">What the key's name says.</param>
    /// <param name="quoted">Whether it stood in quotes.</param>
    /// <param name="assigned">Whether <c>=</c> stood before it, or a flag.</param>
    public static bool IsSecret(ReadOnlySpan<char> value, KeyFamily family, bool quoted, bool assigned)
    {
        value = value.Trim();
        var isText = quoted && assigned && value.Contains(' ');
        if (value.Length < MinPassword || value.Contains(Marker.Prefix, StringComparison.Ordinal) || !value.ContainsAnyExcept(MaskCharacters) || value.StartsWith("***")
            || IsReference(value, quoted) || IsPath(value) || (!isText && IsWord(value)))
            return false;

        if (value.Contains(' '))
            return family == KeyFamily.Password ? isText || !IsProse(value) : LooksRandom(value[..value.IndexOf(' ')]);

        return family switch
        {
            KeyFamily.Password => true,
            KeyFamily.Token => value.Length >= MinToken && (IsUnlikeAWord(value) || ((quoted || assigned) && value.Length >= MinPlainToken)),
            _ => LooksRandom(value),
        };
    }

    /// <summary>Whether a text looks like random characters, and not like a digest, a number of a thing, or a name.</summary>
    /// <param name="value">One word.</param>
    public static bool LooksRandom(ReadOnlySpan<char> value)
    {
        if (value.Length < MinRandom || value.ContainsAnyExcept(Alphabets.Token) || !value.ContainsAnyExcept(Alphabets.Hex) || Guid.TryParse(value, out _))
            return false;

        int digits = 0, upper = 0, lower = 0;
        foreach (var character in value[..Math.Min(value.Length, Reach)])
        {
            digits += char.IsAsciiDigit(character) ? 1 : 0;
            upper += char.IsAsciiLetterUpper(character) ? 1 : 0;
            lower += char.IsAsciiLetterLower(character) ? 1 : 0;
        }

        return digits >= 2 && upper >= 2 && lower >= 2;
    }

    /// <summary>Whether a text names a value instead of being it: a variable, a template, a call, a type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="quoted">Whether it stood in quotes.</param>
    public static bool IsReference(ReadOnlySpan<char> value, bool quoted)
    {
        if (value.StartsWith("${") || value.StartsWith("$(") || value.StartsWith("{{") || value.StartsWith("<") || value.StartsWith("%(") || value.StartsWith("%{") || value is "%s" or "%v" or "%q" or "%w"
            || value.StartsWith("!") && value.Length > 1 && char.IsAsciiLetter(value[1]) && !value.ContainsAny(Alphabets.Decimal)
            || value.StartsWith("secretref:", StringComparison.OrdinalIgnoreCase) || value.StartsWith("vault:", StringComparison.OrdinalIgnoreCase) || value.StartsWith("op://"))
            return true;
        if (value[0] == '$' && Alphabets.Run(value[1..], Alphabets.Word) == value.Length - 1 && value.Length > 1 && !char.IsAsciiDigit(value[1]))
            return true;
        if (value[0] == '%' && value[^1] == '%' && Alphabets.Run(value[1..^1], Alphabets.Word) == value.Length - 2)
            return true;
        if (value.Contains("://", StringComparison.Ordinal))
            return true;
        if (quoted)
            return false;

        // Code and structure: a call, a member, a list, a note in parentheses.
        return value[0] is '(' or '[' or '{' or '*' or '&' or '|' or '>' or '\\'
            || (value.Contains('(') && char.IsAsciiLetter(value[0]) && value.IndexOf('(') is var call && Alphabets.Run(value[..call], Alphabets.Dotted) == call)
            || (value.ContainsAny('.', '[') && !value.ContainsAnyExcept(CodeCharacters) && char.IsAsciiLetter(value[0]) && (char.IsAsciiLetter(value[^1]) || value[^1] is ']' or '['));
    }

    private static bool IsPath(ReadOnlySpan<char> value) =>
        (value[0] == '/' || value.StartsWith("./") || value.StartsWith("../") || value.StartsWith("~/")) && !value.TrimStart('~').ContainsAnyExcept(PathCharacters);

    private static bool IsWord(ReadOnlySpan<char> value)
    {
        var end = value.IndexOf(' ');
        var first = (end < 0 ? value : value[..end]).Trim(".,;:!?()[]\"'");
        return first.Length <= MaxWord && Words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(first);
    }

    private static bool IsProse(ReadOnlySpan<char> value)
    {
        if (value.ContainsAny(Symbols) || value.ContainsAny('"', '\\'))
            return false;

        // As kubectl describes a secret: "8 bytes".
        if (value.EndsWith(" bytes") && !value[..^" bytes".Length].ContainsAnyExcept(Alphabets.Decimal))
            return true;

        var words = ProseWords.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in value.Split(' '))
        {
            if (words.Contains(value[range].Trim(".,;:!?")))
                return true;
        }

        return false;
    }

    // A digit, a symbol inside, or capitals in the middle.
    private static bool IsUnlikeAWord(ReadOnlySpan<char> value)
    {
        var inner = value.Trim(".,;:!?()[]{}`'\"");
        if (inner.Length < MinToken)
            return false;

        var capitals = false;
        for (var index = 1; index < Math.Min(inner.Length, Reach); index++)
            capitals |= char.IsAsciiLetterUpper(inner[index]) && !char.IsAsciiLetterUpper(inner[index - 1]);
        return inner.ContainsAny(Alphabets.Decimal) || capitals || inner.ContainsAny(Symbols);
    }
}
