using System.Text.RegularExpressions;

namespace ChatOps.Agent.Speech;

/// <summary>The spoken forms as regular expressions, in linear time whatever is said.</summary>
internal sealed class SpokenGrammar
{
    private const string Verb = "(?:(?:show|list|display|print|give|get|check)(?: me| us)?|which are|what are) ";
    private const string Show = "(?:(?:(?:show|list|display|print|give|tell|get|read|check)(?: me| us)?|what is|what's|what are) )?(?:the |all the |all |our )?";
    private const string Facts = "(?:(?:show|display|give|tell|get|read|check)(?: me| us)? |what is |what's |what are )?(?:the )?";

    private readonly List<(Regex Pattern, string Command)> forms = SpokenForm.All.Select(f => (Compile(f.Pattern), f.Command)).ToList();

    /// <summary>Every reading of the words, in order; the slots hold words as spoken.</summary>
    public IEnumerable<(string Command, Match Slots)> Readings(string words)
    {
        foreach (var (pattern, command) in forms)
        {
            var match = pattern.Match(words);
            if (match.Success) yield return (command, match);
        }
    }

    private static Regex Compile(string pattern)
    {
        var full = pattern
            .Replace("{verb}", Verb, StringComparison.Ordinal)
            .Replace("{show}", Show, StringComparison.Ordinal)
            .Replace("{facts}", Facts, StringComparison.Ordinal)
            .Replace("{on}", "(?:on|of|for|from|across) (?<on>[^.]+)", StringComparison.Ordinal)
            .Replace("{where}", "(?<on>[^.]+)", StringComparison.Ordinal)
            .Replace("{node}", "(?<node>[^.,]+?)", StringComparison.Ordinal)
            .Replace("{line}", "(?<line>[^.,]+)", StringComparison.Ordinal)
            .Replace("{service}", "(?<service>[a-z0-9][a-z0-9@._-]*)", StringComparison.Ordinal);
        return new Regex($"^(?:{full})$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);
    }
}
