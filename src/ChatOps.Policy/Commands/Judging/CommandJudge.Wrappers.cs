using ChatOps.Policy.Commands.Grammar;
using ChatOps.Policy.Commands.Knowledge;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>Commands that start other commands: the inner one decides.</summary>
internal sealed partial class CommandJudge
{
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

        if (entry.Judge == "xargs") return JudgeAppended(walk, words, at, place, around);
        List<ShellWord> inner = [.. words.Skip(at)];
        if (inner[0].Text.Contains('=', StringComparison.Ordinal)) around = Worse(around, WorstInside(words, at, place));
        var verdict = Judge(inner, place.Inside());
        return around is null ? verdict : around.Or(verdict);
    }

    /// <summary>What xargs runs, for every word that it may read: they stand where it puts them.</summary>
    private Verdict JudgeAppended(ArgumentWalk walk, IReadOnlyList<ShellWord> words, int at, CommandPlace place, Verdict? around)
    {
        var replace = walk.Options.Where(o => o.Flag.Name is "-I" or "--replace").Select(o => o.Values.Count > 0 ? o.Values[0].Text : "{}").LastOrDefault();
        var input = XargsInput.Of(place.Upstream, walk.Has(["-0", "--null"]) && !walk.Has(["-d", "--delimiter"]), knowledge.Guard);
        foreach (var word in input.Words)
        {
            var inner = words.Skip(at).ToList();
            if (replace is null) inner.Add(word);
            else inner = inner.ConvertAll(w => w.Text == replace ? word : replace.Length == 0 || w.Text.Contains(replace, StringComparison.Ordinal) ? new ShellWord("*", true, true) : w);
            around = Worse(around, Judge(inner, place.Inside() with { ReadsTrees = place.ReadsTrees || input.ReadsTrees }));
        }

        return around!;
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
}
