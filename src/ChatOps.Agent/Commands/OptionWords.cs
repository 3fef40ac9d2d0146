using System.CommandLine;
using System.CommandLine.Help;
using System.Diagnostics.CodeAnalysis;
using ChatOps.Configuration;

namespace ChatOps.Agent.Commands;

/// <summary>The options that count for one command, its own and those that its parents hand down, as words of a line.</summary>
internal sealed class OptionWords
{
    private readonly Dictionary<string, Option> known = new(StringComparer.Ordinal);

    /// <summary>Collects the options of a path, from the root to the command.</summary>
    public OptionWords(IReadOnlyList<Command> path)
    {
        foreach (var command in path)
        {
            foreach (var option in command.Options)
            {
                if (!option.Recursive && command != path[^1]) continue;
                known[option.Name] = option;
                foreach (var alias in option.Aliases) known[alias] = option;
            }
        }
    }

    /// <summary>Whether a word, as written and not in quotes, names an option; <c>--name=value</c> brings its value with it.</summary>
    public bool TryRead(ChatWord word, [NotNullWhen(true)] out Option? option, out string? value)
    {
        value = null;
        var equals = word.Raw.IndexOf('=', StringComparison.Ordinal);
        var name = Straight(equals < 0 ? word.Raw : word.Raw[..equals]);
        if (!known.TryGetValue(name, out option)) return false;
        if (equals >= 0) value = word.Text[(equals + 1)..];
        return true;
    }

    /// <summary>Whether the option is followed by a value.</summary>
    public static bool TakesValue(Option option) => option.Arity.MaximumNumberOfValues > 0 && option.ValueType != typeof(bool);

    /// <summary>Whether an option may stand after a command line: help and version belong to the command line there.</summary>
    public static bool MayTrail(Option option) => option is not (HelpOption or VersionOption);

    /// <summary>Whether a word, as written, looks like an option.</summary>
    public static bool LooksLikeOne(ChatWord word)
    {
        var raw = Straight(word.Raw);
        return raw.Length > 1 && raw[0] == '-' && raw != "--" && !char.IsAsciiDigit(raw[1]);
    }

    /// <summary>The visible option that was probably meant.</summary>
    public string? Nearest(ChatWord word) => NearestName.Of(Straight(word.Text.Split('=')[0]), known.Where(k => !k.Value.Hidden).Select(k => k.Key));

    /// <summary>The option as one or two arguments.</summary>
    public static IEnumerable<string> Write(Option option, string? value) => value switch
    {
        null => [option.Name],
        "" => [option.Name, ""],
        _ => [$"{option.Name}={value}"],
    };

    // Telephones turn two dashes into one long one.
    private static string Straight(string name) => name.Length > 1 && name[0] is '—' or '–' ? "--" + name[1..].TrimStart('-') : name;
}
