using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace ChatOps.Fleet;

/// <summary>The grammar of selectors.</summary>
internal static partial class SelectorParser
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Selector? selector, [NotNullWhen(false)] out string? error)
    {
        selector = null;
        if (text.Length > Selector.MaxLength)
        {
            error = $"a selector has at most {Selector.MaxLength} characters.";
            return false;
        }

        var terms = new List<SelectorTerm>();
        var rest = text.AsSpan().Trim();
        if (rest.IsEmpty)
        {
            error = "the selector is empty; name a node (local), labels (env=prod,role=web) or 'all'.";
            return false;
        }

        while (true)
        {
            var match = Term().Match(rest.ToString());
            if (!match.Success)
            {
                error = $"cannot read the selector at '{Shown(rest)}'; write a node name, key=value, key!=value, key in (a,b), @group, !drained or all, joined by commas.";
                return false;
            }

            var term = Read(match);
            if (Unreadable(term) is { } reason)
            {
                error = reason;
                return false;
            }

            terms.Add(term);
            rest = rest[match.Length..].TrimStart();
            if (rest.IsEmpty) break;
            if (rest[0] != ',')
            {
                error = $"expected a comma before '{Shown(rest)}'.";
                return false;
            }

            rest = rest[1..].TrimStart();
        }

        selector = new Selector(terms);
        error = null;
        return true;
    }

    private static SelectorTerm Read(Match match)
    {
        var name = match.Groups["name"].Value;
        if (match.Groups["group"].Success) return new(SelectorOperator.In, SelectorTerm.GroupKey, [match.Groups["group"].Value]);
        if (match.Groups["not"].Success) return new(SelectorOperator.NotDrained, "", []);
        var values = match.Groups["value"].Captures.Select(c => c.Value).ToList();
        return match.Groups["op"].Value switch
        {
            "=" or "==" => new(SelectorOperator.In, name, values),
            "!=" => new(SelectorOperator.NotIn, name, values),
            "in" => new(SelectorOperator.In, name, values),
            "notin" => new(SelectorOperator.NotIn, name, values),
            _ => name switch
            {
                "all" => new(SelectorOperator.All, "", []),
                "drained" => new(SelectorOperator.Drained, "", []),
                _ => new(SelectorOperator.In, SelectorTerm.NodeKey, [name]),
            },
        };
    }

    // What would match no node at all is an error here: in a rule that denies, a slip must not quietly deny nothing.
    private static string? Unreadable(SelectorTerm term)
    {
        if (term.Key.Contains('*', StringComparison.Ordinal)) return $"a key cannot be a pattern: '{Shown(term.Key)}'; only values can contain '*'.";
        if (term.Key is not (SelectorTerm.NodeKey or SelectorTerm.GroupKey)) return null;
        return term.Patterns.FirstOrDefault(pattern => !NodeName().IsMatch(pattern)) is not { } bad ? null
            : term.Key == SelectorTerm.GroupKey ? $"'{Shown(bad)}' cannot be a group: names of groups are lower case letters, digits, '-', '_' and '.'."
            : $"'{Shown(bad)}' cannot be a node: names of nodes are lower case letters, digits, '-', '_' and '.'; '*' stands for any of them.";
    }

    private static string Shown(ReadOnlySpan<char> text) => text.Length <= 30 ? text.ToString() : text[..30].ToString() + "…";

    [GeneratedRegex(@"\A[a-z0-9*][a-z0-9_.*-]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NodeName();

    [GeneratedRegex(
        @"\A(?:(?<not>!)\s*drained\b|@(?<group>[A-Za-z0-9*][A-Za-z0-9_.*-]*)|(?<name>[A-Za-z0-9*][A-Za-z0-9_.*/-]*)(?:\s*(?<op>==|=|!=)\s*(?<value>[A-Za-z0-9_.*/:-]+)|\s+(?<op>in|notin)\s*\(\s*(?<value>[A-Za-z0-9_.*/:-]+)(?:\s*,\s*(?<value>[A-Za-z0-9_.*/:-]+))*\s*\))?)",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Term();
}
