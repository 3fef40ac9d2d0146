using System.Buffers;
using ChatOps.Policy.Commands.Grammar;
using ChatOps.Policy.Commands.Knowledge;
using ChatOps.Policy.Commands.Languages;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>Judges one operand or option value by what it is to the program.</summary>
internal sealed class ValueJudge(PathGuard guard)
{
    /// <summary>Request headers that carry neither credentials nor orders.</summary>
    private static readonly string[] PlainHeaders =
        ["accept", "accept-encoding", "accept-language", "host", "user-agent", "cache-control", "pragma", "range", "origin", "referer", "if-none-match", "if-modified-since", "x-request-id", "content-type"];

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly string[] SecretResources = ["secret", "secrets", "sealedsecret", "externalsecret", "serviceaccounttoken", "tokenrequest", "tokenreview"];

    /// <summary>Null when the value is harmless.</summary>
    /// <param name="spec">What it is.</param>
    /// <param name="word">The word.</param>
    /// <param name="recursive">Whether everything below a path is read.</param>
    /// <param name="name">The command, for messages.</param>
    public Verdict? Judge(ValueSpec spec, ShellWord word, bool recursive, string name)
    {
        switch (spec.Kind)
        {
            case ValueKind.Text or ValueKind.Meta:
                return null;
            case ValueKind.Content or ValueKind.Tree:
                return guard.Content(word, recursive || spec.Kind == ValueKind.Tree);
        }

        if (!word.IsLiteral) return Operand(name, $"{Shown(word)} depends on the files here, where one exact value belongs");
        if (word.Text.Length > ShellLimits.ProgramLength) return Operand(name, "an argument is too long to be analysed");
        return spec.Kind switch
        {
            ValueKind.Num => IsNumber(word.Text) ? null : Operand(name, $"{Shown(word)} is no number"),
            ValueKind.One => Choice(spec, word.Text) ? null : Operand(name, $"{Shown(word)} is not on the list of values known to be harmless"),
            ValueKind.Not => Choice(spec, word.Text) ? Operand(name, $"{Shown(word)} is on the list of values that ask") : null,
            ValueKind.Null => word.Text is "/dev/null" or "-" or "" ? null : Operand(name, $"writes to {Shown(word)}"),
            ValueKind.Host => Because("disclose.metadata-service", name, HttpAddress.HostProblem(word.Text)),
            ValueKind.Url => Because("operand." + name, name, HttpAddress.Problem(word.Text)),
            ValueKind.Sql => SqlStatement.Problem(word.Text) is not { } sql ? null
                : SqlStatement.Destroys(word.Text) ? Verdict.Dangerous("dangerous.sql", $"{name}: the SQL drops or empties something")
                : Verdict.Change("sql", $"{name}: {sql}"),
            ValueKind.Awk => Because("awk-program", name, AwkProgram.Problem(word.Text)),
            ValueKind.Sed => Because("sed-script", name, SedScript.Problem(word.Text)),
            ValueKind.Jq => Because("jq-filter", name, JqFilter.Problem(word.Text)),
            ValueKind.Template => Because("disclose.container-environment", name, GoTemplate.Problem(word.Text)),
            ValueKind.Resource => IsSecret(word.Text) ? Verdict.Change("disclose.kubernetes-secret", $"{name}: {Shown(word)} is a secret object") : null,
            ValueKind.Revision => Revision(word, name),
            ValueKind.Header => IsPlainHeader(word.Text) ? null : Verdict.Change("operand." + name, $"{name}: the header {Shown(word)} may carry credentials"),
            ValueKind.WriteOut => word.Text.StartsWith('@') || word.Text.Contains("%output", StringComparison.Ordinal) || word.Text.Contains("%{json", StringComparison.Ordinal)
                ? Operand(name, "the output format reads or writes a file") : null,
            _ => Operand(name, $"{Shown(word)} is not known to be harmless"),
        };
    }

    private Verdict? Revision(ShellWord word, string name)
    {
        var colon = word.Text.IndexOf(':', StringComparison.Ordinal);
        if (word.Text.StartsWith(":(", StringComparison.Ordinal)) return Operand(name, "the path uses pathspec magic");
        return guard.Content(word, false) ?? (colon >= 0 ? guard.Content(new ShellWord(word.Text[(colon + 1)..]), false) : null);
    }

    private static bool Choice(ValueSpec spec, string text)
    {
        foreach (var choice in spec.Choices)
        {
            if (choice.Length > 2 && choice[0] == '*' && choice[^1] == '*' ? text.Contains(choice[1..^1], StringComparison.OrdinalIgnoreCase)
                : choice[^1] == '*' ? text.StartsWith(choice[..^1], StringComparison.Ordinal)
                : text == choice) return true;
        }

        return false;
    }

    private static bool IsSecret(string text)
    {
        foreach (var part in text.ToLowerInvariant().Split(','))
        {
            var type = part.AsSpan();
            var end = type.IndexOfAny('/', '.');
            if (end >= 0) type = type[..end];
            if (type.EndsWith("secret") || type.EndsWith("secrets")) return true;
            foreach (var secret in SecretResources)
                if (type.StartsWith(secret)) return true;
        }

        return false;
    }

    private static bool IsPlainHeader(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Array.IndexOf(PlainHeaders, text[..colon].Trim().ToLowerInvariant()) >= 0;
    }

    private static bool IsNumber(string text)
    {
        var digits = text.AsSpan().TrimStart("+-");
        var end = digits.IndexOfAnyExcept(NumberCharacters);
        var unit = end < 0 ? [] : digits[end..];
        foreach (var c in unit)
            if (!char.IsAsciiLetter(c) && c != '%') return false;
        return end != 0 && digits.Length > 0 && unit.Length <= 4;
    }

    private static Verdict? Because(string rule, string name, string? problem) => problem is null ? null : Verdict.Change(rule, $"{name}: {problem}");

    private static Verdict Operand(string name, string reason) => Verdict.Change("operand." + name.Replace(' ', '.'), $"{name}: {reason}");

    private static string Shown(ShellWord word)
    {
        const int longest = 40;
        return word.Text.Length > longest ? string.Concat(word.Text.AsSpan(0, longest), "…") : word.Text;
    }
}
