using ChatOps.Policy.Commands.Grammar;
using ChatOps.Policy.Commands.Knowledge;

namespace ChatOps.Policy.Commands.Judging;

/// <summary>
/// Splits arguments into options, their values and operands, exactly as the entry says. An option that is not on the list, an abbreviation, or a
/// pattern where an option could stand ends it with a verdict.
/// </summary>
internal sealed class ArgumentWalk(CommandEntry entry, IReadOnlyDictionary<string, FlagSpec> flags)
{
    /// <summary>The options in order, each with its values.</summary>
    public List<(FlagSpec Flag, IReadOnlyList<ShellWord> Values)> Options { get; } = [];

    /// <summary>The operands in order.</summary>
    public List<ShellWord> Operands { get; } = [];

    /// <summary>Where the operands after the options began, when the walk stopped at the first one.</summary>
    public int StoppedAt { get; private set; } = -1;

    /// <summary>Whether <c>--</c> was given.</summary>
    public bool Ended { get; private set; }

    /// <summary>The first thing that is not known to be harmless.</summary>
    public Verdict? Problem { get; private set; }

    /// <summary>Walks over the words from an index on.</summary>
    /// <param name="words">All words of the command.</param>
    /// <param name="from">The first argument.</param>
    /// <param name="stopAtOperand">Whether the first operand ends it.</param>
    public ArgumentWalk Over(IReadOnlyList<ShellWord> words, int from, bool stopAtOperand)
    {
        for (var i = from; i < words.Count && Problem is null; i++)
        {
            var word = words[i];
            if (Ended || !LooksLikeOption(word))
            {
                if (entry.OldStyle && i == from && !Ended && word.IsLiteral)
                {
                    Cluster("-" + word.Text, words, ref i);
                    continue;
                }

                if (stopAtOperand)
                {
                    StoppedAt = i;
                    return this;
                }

                Operands.Add(word);
            }
            else if (!word.IsLiteral)
            {
                Refuse(word, $"{word.Text} is an option that depends on the file system");
            }
            else if (word.Text == "--")
            {
                Ended = true;
            }
            else if (flags.TryGetValue(word.Text, out var exact))
            {
                Take(exact, null, words, ref i);
            }
            else if (entry.TakesNumber && word.Text.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0)
            {
                Options.Add((new FlagSpec("-#", [], false), []));
            }
            else if (word.Text.StartsWith("--", StringComparison.Ordinal) || entry.SingleDash || word.Text[0] == '+')
            {
                Long(word, words, ref i);
            }
            else
            {
                Cluster(word.Text, words, ref i);
            }
        }

        return this;
    }

    /// <summary>Whether one of these options was given.</summary>
    public bool Has(IReadOnlyList<string> names) => Options.Exists(o => names.Contains(o.Flag.Name));

    private static bool LooksLikeOption(ShellWord word) => word.Text.Length > 1 && word.Text[0] == '-';

    private void Long(ShellWord word, IReadOnlyList<ShellWord> words, ref int i)
    {
        var equals = word.Text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && flags.TryGetValue(word.Text[..equals], out var flag) && flag.Values.Count > 0)
            Take(flag, word.Text[(equals + 1)..], words, ref i);
        else Refuse(word, $"the option {Name(word.Text)} is not on the list of options known to be harmless");
    }

    private void Cluster(string text, IReadOnlyList<ShellWord> words, ref int i)
    {
        for (var at = 1; at < text.Length && Problem is null; at++)
        {
            if (!flags.TryGetValue("-" + text[at], out var flag))
            {
                Refuse(words[i], $"the option -{Name(text[at..])[..1]} is not on the list of options known to be harmless");
                return;
            }

            if (flag.Values.Count > 0)
            {
                Take(flag, at + 1 < text.Length ? text[(at + 1)..] : null, words, ref i);
                return;
            }

            Options.Add((flag, []));
        }
    }

    private void Take(FlagSpec flag, string? attached, IReadOnlyList<ShellWord> words, ref int i)
    {
        if (flag.Values.Count == 0 || flag.IsOptional)
        {
            Options.Add((flag, attached is null ? [] : [new ShellWord(attached)]));
            return;
        }

        var values = new List<ShellWord>();
        if (attached is not null) values.Add(new ShellWord(attached));
        while (values.Count < flag.Values.Count)
        {
            if (++i >= words.Count)
            {
                Refuse(words[^1], $"the option {flag.Name} lacks its value");
                return;
            }

            values.Add(words[i]);
        }

        Options.Add((flag, values));
    }

    private void Refuse(ShellWord word, string reason) => Problem = Verdict.Change($"option.{entry.Name}", $"{entry.Name.Replace('.', ' ')}: {reason}");

    private static string Name(string text)
    {
        const int longest = 40;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals > 0 ? text[..equals] : text;
        return name.Length > longest ? name[..longest] + "…" : name;
    }
}
