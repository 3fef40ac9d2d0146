using System.CommandLine;
using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>A tool as a command of System.CommandLine. Values stay text: their meaning is checked once, by the manifest.</summary>
internal sealed class ToolCommand : Command
{
    private readonly List<(ToolParameter Parameter, Option Option)> options = [];
    private readonly List<Argument> words = [];

    /// <summary>Makes the command.</summary>
    /// <param name="name">The last word of its path.</param>
    /// <param name="manifest">The tool.</param>
    public ToolCommand(string name, ToolManifest manifest) : base(name, manifest.Summary)
    {
        Manifest = manifest;
        Positional = ParameterNames.Positional(manifest);
        CommandLine = Positional.FirstOrDefault(p => p.Kind == ParameterKind.CommandLine);
        foreach (var parameter in Positional) AddWords(parameter);
        foreach (var parameter in manifest.Parameters) AddOption(parameter);
    }

    /// <summary>The tool.</summary>
    public ToolManifest Manifest { get; }

    /// <summary>Parameters that may be given without a name, in order.</summary>
    public IReadOnlyList<ToolParameter> Positional { get; }

    /// <summary>The parameter that takes the rest of the line as written; null for none.</summary>
    public ToolParameter? CommandLine { get; }

    /// <summary>Reads what System.CommandLine found.</summary>
    public ParsedCommand Read(ParseResult result)
    {
        var raw = new Dictionary<string, string>();
        foreach (var (parameter, option) in options)
        {
            if (result.GetResult(option) is not { Implicit: false } given) continue;
            if (given.IdentifierTokenCount > 1 && !parameter.Repeatable)
                return ParsedCommand.Wrong($"{option.Name} is given {given.IdentifierTokenCount} times; give it once.", tool: Manifest);
            raw[parameter.Name] = given.Tokens.Count == 0 ? "true" : string.Join(',', given.Tokens.Select(t => t.Value));
        }

        var rest = new Queue<string>(words.SelectMany(w => result.GetResult(w)?.Tokens.Select(t => t.Value) ?? []));
        foreach (var parameter in Positional)
        {
            if (rest.Count == 0) break;
            if (raw.ContainsKey(parameter.Name)) continue;
            if (CommandLine is { Required: false, Position: > 0 } && rest.Peek().Length == 0)
            {
                rest.Dequeue();
                if (parameter.Kind != ParameterKind.CommandLine) continue;
                while (rest.Count > 0 && rest.Peek().Length == 0) rest.Dequeue();
                if (rest.Count == 0) break;
            }

            // One word alone is what must be given, not what may be.
            if (rest.Count == 1 && !parameter.Required && CommandLine is { Required: true } && parameter.Position < CommandLine.Position) continue;
            if (parameter.Kind == ParameterKind.CommandLine) raw[parameter.Name] = ShellQuoting.CommandLine([.. rest]);
            else if (parameter.Repeatable) raw[parameter.Name] = string.Join(',', rest);
            else
            {
                raw[parameter.Name] = rest.Dequeue();
                continue;
            }
            rest.Clear();
        }
        foreach (var word in result.UnmatchedTokens) rest.Enqueue(word);
        if (rest.Count > 0) return ParsedCommand.Wrong(Unexpected(rest.Peek()), tool: Manifest);
        if (result.Errors.Count > 0) return ParsedCommand.Wrong(string.Join(" ", result.Errors.Select(e => e.Message)), tool: Manifest);
        return CommandValues.Check(Manifest, raw);
    }

    private string Unexpected(string word)
    {
        var more = Positional.Count > 0 ? "Put words that belong together in quotes." : "It takes no words, only options.";
        return $"'{CommandValues.Shown(word)}' is one word too many. {more} Usage: {CommandUsage.Line(Manifest)}";
    }

    private void AddWords(ToolParameter parameter)
    {
        var name = parameter.Name.Replace('_', '-');
        Argument argument = parameter.Repeatable || parameter.Kind == ParameterKind.CommandLine
            ? new Argument<string[]>(name) { Arity = ArgumentArity.ZeroOrMore }
            : new Argument<string>(name) { Arity = ArgumentArity.ZeroOrOne };
        argument.Description = parameter.Description;
        argument.HelpName = ParameterNames.Value(parameter);
        argument.Hidden = parameter.Hidden;
        if (parameter.Choices is { } choices) argument.CompletionSources.Add([.. choices]);
        words.Add(argument);
        Add(argument);
    }

    private void AddOption(ToolParameter parameter)
    {
        if (parameter.Kind == ParameterKind.CommandLine) return;
        var name = ParameterNames.Option(parameter);
        Option option = parameter.Kind == ParameterKind.Flag
            ? new Option<bool>(name)
            : new Option<string[]>(name) { Arity = ArgumentArity.OneOrMore, HelpName = ParameterNames.Value(parameter) };
        option.Description = parameter.Description;
        option.Hidden = parameter.Hidden || parameter.Position is not null;
        if (parameter.Choices is { } choices) option.CompletionSources.Add([.. choices]);
        options.Add((parameter, option));
        Add(option);
    }
}
