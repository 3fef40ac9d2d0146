using ChatOps.Policy.Commands.Grammar;
using ChatOps.Policy.Commands.Knowledge;
using ChatOps.Policy.Commands.Languages;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>Judges one simple command with everything it starts in turn.</summary>
internal sealed class CommandJudge(KnowledgeBase knowledge)
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

        return Raise(entry.Name, entry.Judge switch
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

        var inner = Raise(sub.Name, JudgeEntry(sub, entry.SharesFlags ? Merge(flags, sub.Flags) : sub.Flags, words, at + 1, place));
        return around is null ? inner : around.Or(inner);
    }

    private Verdict JudgeWrapper(CommandEntry entry, IReadOnlyDictionary<string, FlagSpec> flags, IReadOnlyList<ShellWord> words, int from, CommandPlace place)
    {
        var display = entry.Name.Replace('.', ' ');
        var dashes = from;
        while (dashes < words.Count && words[dashes].Text != "--") dashes++;

        // some take options on both sides of their operands, up to the two dashes
        var mixed = !entry.OptionsFirst && dashes < words.Count;
        var walk = mixed ? new ArgumentWalk(entry, flags).Over([.. words.Take(dashes)], from, false) : new ArgumentWalk(entry, flags).Over(words, from, true);
        Verdict? around = walk.Problem;
        foreach (var (flag, values) in walk.Options)
        {
            for (var i = 0; i < values.Count; i++) around = Worse(around, _values.Judge(flag.Values[i], values[i], false, display));
        }

        if (entry.Risk != Risk.Read) around = Worse(around, new Verdict(entry.Risk, "wrapper." + entry.Name, $"{display} {entry.Why ?? "runs another command"}"));

        // which word is the inner program is not certain: the worst reading counts
        if (walk.Problem is not null) return around!.Or(WorstInside(words, from, place));
        var before = entry.Operands.Count - 1;
        if (mixed && walk.Operands.Count != before) return WorstInside(words, from, place).Or(around);
        var at = mixed ? dashes + 1 : walk.StoppedAt < 0 ? words.Count : walk.StoppedAt;
        for (var i = 0; i < before; i++)
        {
            var word = mixed ? walk.Operands[i] : at < words.Count ? words[at++] : null;
            if (word is not null) around = Worse(around, _values.Judge(entry.Operands[i].Value, word, false, display));
        }

        if (at < words.Count && words[at] is { IsLiteral: true, Text: "--" }) at++;
        if (at >= words.Count)
            return around ?? (entry.Bare ? Verdict.Read(entry.Name) : Verdict.Change("operand." + entry.Name, $"{display} without a command is not known to only read"));
        if (entry.Judge == "text")
        {
            var text = JudgeText(string.Join(' ', words.Skip(at).Select(w => w.Text)), display, place);
            return around is null ? text : around.Or(text);
        }

        var inner = entry.Judge == "xargs" ? Appended(walk, words, at) : [.. words.Skip(at)];
        if (inner[0].Text.Contains('=', StringComparison.Ordinal)) around = Worse(around, WorstInside(words, at, place));
        var verdict = Judge(inner, place.Inside());
        return around is null ? verdict : around.Or(verdict);
    }

    /// <summary>What xargs runs: the words it reads are unknown, so they stand as such where it puts them.</summary>
    private static List<ShellWord> Appended(ArgumentWalk walk, IReadOnlyList<ShellWord> words, int at)
    {
        var unknown = new ShellWord("*", true, true);
        var replace = walk.Options.Where(o => o.Flag.Name is "-I" or "-i" or "--replace").Select(o => o.Values.Count > 0 ? o.Values[0].Text : "{}").LastOrDefault();
        var inner = words.Skip(at).ToList();
        if (replace is null) inner.Add(unknown);
        else inner = inner.ConvertAll(w => replace.Length == 0 || w.Text.Contains(replace, StringComparison.Ordinal) ? unknown : w);
        return inner;
    }

    /// <summary>The worst that any tail of the words could be. For lines that ask anyway.</summary>
    private Verdict WorstInside(IReadOnlyList<ShellWord> words, int from, CommandPlace place)
    {
        const int tails = 12;
        var worst = Verdict.Change("unknown-command", "it starts a command that is not certain");
        for (var i = from; i < words.Count && i < from + tails; i++)
        {
            if (words[i].Text.StartsWith('-')) continue;
            var verdict = Judge([.. words.Skip(i)], place.Inside());
            if (verdict.Risk > Risk.Change) worst = worst.Or(verdict);
        }

        return worst;
    }

    /// <summary>A shell: its text is parsed and judged, yet it never runs by itself, because a shell may read the text differently.</summary>
    private Verdict JudgeShell(string name, IReadOnlyList<ShellWord> words, CommandPlace place)
    {
        var option = -1;
        for (var i = 1; i < words.Count && option < 0; i++)
        {
            if (words[i].Text.StartsWith('-') && !words[i].Text.StartsWith("--", StringComparison.Ordinal) && words[i].Text.Contains('c', StringComparison.Ordinal)) option = i;
            else if (name is not ("su" or "runuser" or "script") && !words[i].Text.StartsWith('-') && !words[i].Text.StartsWith('+')) break;
        }

        if (option >= 0)
        {
            var script = words.Skip(option + 1).FirstOrDefault(w => !w.Text.StartsWith('-'));
            return script is { IsLiteral: true }
                ? JudgeText(script.Text, name, place)
                : Verdict.Change("wrapper.shell", $"{name} runs a text that is not known here");
        }

        return place.Upstream is not null && words.Skip(1).All(w => w.Text.StartsWith('-'))
            ? Verdict.Dangerous("dangerous.pipe-to-shell", $"{name} runs whatever is piped into it")
            : Verdict.Change("wrapper.shell", $"{name} runs a script");
    }

    private Verdict JudgeText(string text, string name, CommandPlace place)
    {
        var verdict = Verdict.Change("wrapper.shell", $"{name} gives a text to a shell");
        if (text.Length > ShellLimits.LineLength || place.Wrappers >= ShellLimits.Wrappers) return verdict;
        return verdict.Or(new LineJudge(this, knowledge.Guard).Judge(ShellParser.Parse(text), place.Inside()));
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

    private Verdict Raise(string name, Verdict verdict) => knowledge.Raises.TryGetValue(name, out var raise) ? verdict.Or(raise) : verdict;

    private static int FirstKnownSub(CommandEntry entry, IReadOnlyList<ShellWord> words, int from)
    {
        for (var i = from; i < words.Count; i++)
            if (entry.Sub.ContainsKey(words[i].Text)) return i;
        return -1;
    }

    private static CommandEntry WithoutSubs(CommandEntry entry) => new()
    {
        Name = entry.Name, Flags = entry.Flags, Operands = entry.Operands, TakesNumber = entry.TakesNumber, SingleDash = entry.SingleDash,
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
