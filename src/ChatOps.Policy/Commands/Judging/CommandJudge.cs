using ChatOps.Policy.Commands.Grammar;
using ChatOps.Policy.Commands.Knowledge;
using ChatOps.Policy.Commands.Languages;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>Judges one simple command with everything it starts in turn.</summary>
internal sealed partial class CommandJudge(KnowledgeBase knowledge)
{
    private static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "sh", "bash", "dash", "zsh", "ksh", "ash", "rbash", "fish", "csh", "tcsh", "su", "runuser", "script" };

    private readonly ValueJudge _values = new(knowledge.Guard);

    /// <summary>Judges a command.</summary>
    /// <param name="words">Program and arguments; at least one.</param>
    /// <param name="place">What is around it.</param>
    public Verdict Judge(IReadOnlyList<ShellWord> words, CommandPlace place)
    {
        if (place.Wrappers > ShellLimits.Wrappers || !place.Effort.Spend(words.Count)) return Verdict.Change("too-deep", "too many commands start one another");
        var last = ProgramName.Last(words[0]);
        var hard = SystemWipe.Judge(last, words, place.Directory)
            ?? DeviceWipe.Judge(last, words)
            ?? PowerOff.Judge(last, words)
            ?? knowledge.Guard.Destroys(last, words, place.Directory);
        if (hard is not null) return hard;
        var verdict = JudgeKnown(words, place);
        if (verdict.Risk is Risk.Read or Risk.Forbidden) return verdict;
        foreach (var word in words)
        {
            if (knowledge.Guard.Gateway(word) is { Risk: Risk.Forbidden } gateway) return gateway;
            if (place.Directory is { } directory && knowledge.Guard.Gateway(word, directory) is { Risk: Risk.Forbidden } there) return there;
        }

        return verdict;
    }

    private Verdict JudgeKnown(IReadOnlyList<ShellWord> words, CommandPlace place)
    {
        if (ProgramName.Of(words[0]) is not { } name)
            return Verdict.Change("unknown-command", words[0].IsLiteral ? $"{Shown(words[0].Text)} is not in a place for system programs" : "the program's name is not certain");
        if (Shells.Contains(name)) return JudgeShell(name, words, place);
        if (name == "eval") return JudgeText(string.Join(' ', words.Skip(1).Select(w => w.Text)), "eval", place);
        if (!knowledge.Commands.TryGetValue(name, out var entry))
        {
            return ProgramName.IsBuiltin(name)
                ? Verdict.Change("shell-builtin", $"{name} is part of the shell and needs one to run")
                : Verdict.Change("unknown-command", $"{Shown(name)} is not a known command");
        }

        return Raise(entry.Key, entry.Judge switch
        {
            "find" => FindExpression.Judge(words, inner => Judge(inner, place.Inside() with { ReadsTrees = true })),
            "ps" => PsArguments.Judge(words),
            "test" => words[^1] is { IsLiteral: true, Text: "]" } ? JudgeEntry(entry, entry.Flags, [.. words.Take(words.Count - 1)], 1, place) : Verdict.Change("operand.test", "[ lacks its ]"),
            _ => JudgeEntry(entry, entry.Flags, words, 1, place),
        });
    }

    private Verdict JudgeEntry(CommandEntry entry, IReadOnlyDictionary<string, FlagSpec> flags, IReadOnlyList<ShellWord> words, int from, CommandPlace place)
    {
        var display = entry.Name.Replace('.', ' ');
        var command = entry.Operands.Count > 0 && entry.Operands[^1].Value.Kind is ValueKind.Command;
        if (command) return JudgeWrapper(entry, flags, words, from, place);
        if (entry.Sub.Count > 0) return JudgeSub(entry, flags, words, from, place);
        if (entry.Risk != Risk.Read) return Risky(entry, words, from);
        if (words.Count == from + 1 && words[from] is { IsLiteral: true, Text: "--help" or "--version" }) return Verdict.Read(entry.Name);
        if (entry.TakesAnything && entry.Flags.Count == 0) return Verdict.Read(entry.Name);
        var verdict = JudgeArguments(entry, flags, words, from, place, display);
        return verdict.Risk == Risk.Change && DangerousFlag(entry, words, from) is { } flag
            ? Verdict.Dangerous("dangerous." + entry.Name, $"{display} with {flag} {entry.Why ?? "destroys what cannot be brought back"}")
            : verdict;
    }

    private Verdict JudgeArguments(
        CommandEntry entry, IReadOnlyDictionary<string, FlagSpec> flags, IReadOnlyList<ShellWord> words, int from, CommandPlace place, string display)
    {
        var walk = new ArgumentWalk(entry, flags).Over(words, from, entry.OptionsFirst);
        if (walk.Problem is { } problem) return problem;
        for (var i = walk.StoppedAt; entry.OptionsFirst && i >= 0 && i < words.Count; i++) walk.Operands.Add(words[i]);
        if (walk.Operands.Count < entry.Least)
            return Verdict.Change("operand." + entry.Name, $"{display} takes what it does from its input when it gets fewer than {entry.Least} operands");
        if (entry.Requires.Count > 0 && !walk.Has(entry.Requires))
            return Verdict.Change("option." + entry.Name, $"{display} only reads with one of {string.Join(", ", entry.Requires)}");
        if (entry.NeedsEmptyInput && place.Upstream is { Words: [{ Text: not ("echo" or "true" or "printf") }, ..] or [] })
            return Verdict.Change("operand." + entry.Name, $"what is piped into {display} leaves the machine");
        if (!walk.Ended && !entry.TakesAnything && words.Skip(from).Any(w => w.IsOpaque))
            return Verdict.Change("operand." + entry.Name, $"{display} gets arguments that are not known here and may be options");
        return Values(entry, walk, place, display) ?? Verdict.Read(entry.Name);
    }

    private Verdict? Values(CommandEntry entry, ArgumentWalk walk, CommandPlace place, string display)
    {
        var recursive = place.ReadsTrees || walk.Has(entry.Recursive);
        Verdict? worst = null;
        foreach (var (flag, values) in walk.Options)
        {
            for (var i = 0; i < values.Count; i++)
                worst = Worse(worst, _values.Judge(flag.Values[i], values[i], false, display));
        }

        var next = walk.Has(entry.Replaces) ? 1 : 0;
        var operands = walk.Operands;
        if (recursive && operands.Count + next <= entry.Operands.TakeWhile(o => !o.Repeats).Count() && walk.Has(entry.Recursive))
            worst = Worse(worst, knowledge.Guard.Content(new ShellWord("./"), true));
        if (walk.Has(entry.Frees)) return worst;
        foreach (var word in operands)
        {
            Verdict? verdict = null;
            while (true)
            {
                if (next >= entry.Operands.Count)
                    return Verdict.Change("operand." + entry.Name, $"{display}: the operand {Shown(word.Text)} is more than the reading form takes");
                var operand = entry.Operands[next];
                verdict = word.IsPattern && !operand.Repeats && !word.IsOpaque
                    ? Verdict.Change("operand." + entry.Name, $"{display}: {Shown(word.Text)} can stand for several files, where one exact value belongs")
                    : _values.Judge(operand.Value, word, recursive, display);
                if (operand.Repeats) break;
                next++;
                if (verdict is null || !operand.IsOptional) break;
            }

            worst = Worse(worst, verdict);
        }

        return worst;
    }

    private Verdict JudgeSub(CommandEntry entry, IReadOnlyDictionary<string, FlagSpec> flags, IReadOnlyList<ShellWord> words, int from, CommandPlace place)
    {
        var display = entry.Name.Replace('.', ' ');
        if (words.Count == from + 1 && words[from] is { IsLiteral: true, Text: "--help" or "--version" }) return Verdict.Read(entry.Name);
        var walk = new ArgumentWalk(entry, flags).Over(words, from, true);
        Verdict? around = walk.Problem;
        foreach (var (flag, values) in walk.Options)
        {
            for (var i = 0; i < values.Count; i++) around = Worse(around, _values.Judge(flag.Values[i], values[i], false, display));
        }

        var at = walk.StoppedAt;
        if (walk.Problem is not null) at = FirstKnownSub(entry, words, from); // not to read, but to see how bad it is
        if (at < 0)
        {
            return around ?? (entry.Bare && walk.Operands.Count == 0
                ? Verdict.Read(entry.Name)
                : entry.Risk != Risk.Read ? Risky(entry, words, from)
                : Verdict.Change("unknown-subcommand." + entry.Name, $"{display} without a subcommand is not known to only read"));
        }

        var name = words[at];
        if (!name.IsLiteral || !entry.Sub.TryGetValue(name.Text, out var sub))
        {
            if (entry.Bare && entry.Operands.Count > 0) return JudgeEntry(WithoutSubs(entry), flags, words, from, place);
            var unknown = entry.Risk != Risk.Read ? Risky(entry, words, from) : Verdict.Change("unknown-subcommand." + entry.Name, $"{display} {Shown(name.Text)} is not known to only read");
            return around is null ? unknown : around.Or(unknown);
        }

        var inner = Raise(sub.Key, JudgeEntry(sub, entry.SharesFlags ? Merge(flags, sub.Flags) : sub.Flags, words, at + 1, place));
        return around is null ? inner : around.Or(inner);
    }

    private static Verdict Risky(CommandEntry entry, IReadOnlyList<ShellWord> words, int from)
    {
        var display = entry.Name.Replace('.', ' ');
        var why = entry.Why is null ? $"{display} changes something" : $"{display} {entry.Why}";
        if (entry.Risk == Risk.Change && DangerousFlag(entry, words, from) is { } flag)
            return Verdict.Dangerous("dangerous." + entry.Name, $"{why}, with {flag}");
        return new Verdict(entry.Risk, $"{entry.Risk.ToString().ToLowerInvariant()}.{entry.Name}", why);
    }

    private static string? DangerousFlag(CommandEntry entry, IReadOnlyList<ShellWord> words, int from)
    {
        if (entry.Dangerous.Count == 0) return null;
        foreach (var word in words.Skip(from))
        {
            foreach (var flag in entry.Dangerous)
            {
                var text = word.Text;
                var isShort = flag.Length == 2 && flag[0] == '-';
                if (text == flag || (flag.StartsWith("--", StringComparison.Ordinal) && text.StartsWith(flag + "=", StringComparison.Ordinal))
                    || (isShort && !entry.SingleDash && text.Length > 1 && text[0] == '-' && text[1] != '-' && text.Contains(flag[1], StringComparison.Ordinal)))
                    return flag;
            }
        }

        return null;
    }

    private Verdict Raise(string key, Verdict verdict) => knowledge.Raises.TryGetValue(key, out var raise) ? verdict.Or(raise) : verdict;

    private static int FirstKnownSub(CommandEntry entry, IReadOnlyList<ShellWord> words, int from)
    {
        for (var i = from; i < words.Count; i++)
            if (entry.Sub.ContainsKey(words[i].Text)) return i;
        return -1;
    }

    private static CommandEntry WithoutSubs(CommandEntry entry) => new()
    {
        Name = entry.Name, Key = entry.Key, Flags = entry.Flags, Operands = entry.Operands, TakesNumber = entry.TakesNumber, SingleDash = entry.SingleDash,
        OptionsFirst = entry.OptionsFirst, Requires = entry.Requires, TakesAnything = entry.TakesAnything,
    };

    private static Dictionary<string, FlagSpec> Merge(IReadOnlyDictionary<string, FlagSpec> outer, IReadOnlyDictionary<string, FlagSpec> own)
    {
        var merged = new Dictionary<string, FlagSpec>(outer, StringComparer.Ordinal);
        foreach (var (name, flag) in own) merged[name] = flag;
        return merged;
    }

    private static Verdict? Worse(Verdict? one, Verdict? other) => one is null ? other : one.Or(other);

    private static string Shown(string text)
    {
        const int longest = 40;
        return text.Length > longest ? text[..longest] + "…" : text;
    }
}
