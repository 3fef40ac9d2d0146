using System.Text.RegularExpressions;

namespace ChatOps.Fleet;

/// <summary>What names and labels of nodes may look like: exactly what a selector can name without ambiguity.</summary>
internal static partial class NodeText
{
    public const string NameRule = "a node's name has 1 to 63 lower case letters, digits, '-', '_' or '.', begins with a letter or digit, and is not 'all' or 'drained'.";

    public const string LabelKeyRule = "a label's key has 1 to 63 letters, digits, '-', '_', '.' or '/', begins with a letter or digit, and is neither 'node' nor 'group'.";

    public const string LabelValueRule = "a label's value has 1 to 63 letters, digits, '-', '_', '.', '/' or ':'.";

    // These words mean something else in a selector.
    public static bool IsName(string text) => NamePattern().IsMatch(text) && text is not ("all" or "drained");

    public static bool IsLabelKey(string text) => KeyPattern().IsMatch(text) && text is not ("node" or "group");

    public static bool IsLabelValue(string text) => ValuePattern().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex NamePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._/-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex KeyPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9._/:-]{1,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ValuePattern();
}
