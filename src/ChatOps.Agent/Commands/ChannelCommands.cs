using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ChatOps.Channels;
using ChatOps.Identity;
using ChatOps.Tools;

namespace ChatOps.Agent.Commands;

/// <summary>The command tree for platforms' menus, from the definitions that help and the grammar are made of.</summary>
/// <param name="grammar">All commands.</param>
/// <param name="completion">Offers values.</param>
/// <param name="principals">Who types.</param>
internal sealed partial class ChannelCommands(ChatCommandLine grammar, ICommandCompletion completion, IPrincipals principals) : IChannelCommands
{
    private readonly Lazy<(IReadOnlyList<ChannelCommand> All, string Fingerprint)> made = new(() =>
    {
        var all = Tree(grammar.Manifests, "");
        return (all, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json.Write(all))))[..16]);
    });

    public IReadOnlyList<ChannelCommand> All => made.Value.All;

    public string Fingerprint => made.Value.Fingerprint;

    public string Line(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> options)
    {
        var manifest = Find(words) ?? throw new ArgumentException($"There is no command '{string.Join(' ', words)}'.", nameof(words));
        var unknown = options.Keys.FirstOrDefault(name => manifest.Parameters.All(p => Name(p) != name));
        if (unknown is not null) throw new ArgumentException($"'{string.Join(' ', words)}' has no option '{unknown}'.", nameof(options));

        // Every value under its name; only a command line has none, and stands where everything behind it is its own.
        var line = new StringBuilder("/").AppendJoin(' ', words);
        foreach (var parameter in manifest.Parameters.Where(p => p.Kind != ParameterKind.CommandLine))
        {
            if (!options.TryGetValue(Name(parameter), out var value)) continue;
            if (parameter.Kind != ParameterKind.Flag) line.Append(' ').Append(ParameterNames.Option(parameter)).Append('=').Append(ShellQuoting.Quote(value));
            else if (value is "true" or "True") line.Append(' ').Append(ParameterNames.Option(parameter));
        }

        if (manifest.Parameters.FirstOrDefault(p => p.Kind == ParameterKind.CommandLine) is { } own && options.TryGetValue(Name(own), out var command))
            line.Append(" -- ").Append(Whole(command));
        return line.ToString();
    }

    public Task<IReadOnlyList<CompletionItem>> CompleteAsync(Actor actor, IReadOnlyList<string> words, string option, string typed, CancellationToken cancellationToken)
    {
        IReadOnlyList<CompletionItem> nothing = [];
        if (principals.Resolve(actor) is not { } principal || Find(words) is not { } manifest) return Task.FromResult(nothing);
        if (manifest.Parameters.FirstOrDefault(p => Name(p) == option) is not { } parameter || parameter.Kind == ParameterKind.CommandLine) return Task.FromResult(nothing);
        var line = $"/{string.Join(' ', words)} {ParameterNames.Option(parameter)} {(typed.Length == 0 ? "" : ShellQuoting.Quote(typed).TrimEnd('\''))}";

        // A platform replaces the whole value, so what is offered is the whole value.
        return Task.FromResult<IReadOnlyList<CompletionItem>>([.. completion.Complete(line, line.Length, principal).Select(item => item with { Start = 0, Length = typed.Length, Insert = item.Insert.Trim() })]);
    }

    // One quoted run from end to end is taken as it is: quotes, spaces and line ends of the command are its own.
    private static string Whole(string command) => command.Contains('\'', StringComparison.Ordinal)
        ? $"\"{Escaped().Replace(command, "\\$0")}\""
        : $"'{command}'";

    [GeneratedRegex("""["\\$`]""", RegexOptions.CultureInvariant)]
    private static partial Regex Escaped();

    private ToolManifest? Find(IReadOnlyList<string> words) => grammar.Manifests.FirstOrDefault(m => m.Commands.Contains(string.Join(' ', words), StringComparer.Ordinal));

    private static IReadOnlyList<ChannelCommand> Tree(IReadOnlyList<ToolManifest> manifests, string prefix) =>
    [
        .. manifests.SelectMany(m => m.Commands.Select(c => (Path: c, Manifest: m)))
            .Where(c => c.Path.StartsWith(prefix, StringComparison.Ordinal))
            .GroupBy(c => c.Path[prefix.Length..].Split(' ')[0], StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => Command(g.Key, g.FirstOrDefault(c => c.Path == prefix + g.Key).Manifest, Tree(manifests, $"{prefix}{g.Key} "))),
    ];

    private static ChannelCommand Command(string name, ToolManifest? manifest, IReadOnlyList<ChannelCommand> subcommands) => new(
        name,
        manifest?.Summary ?? $"Has: {string.Join(", ", subcommands.Select(s => s.Name))}.",
        manifest is null ? [] : [.. manifest.Parameters.Where(p => !p.Hidden).OrderByDescending(CommandUsage.IsRequired).Select(Option)],
        subcommands,
        manifest is not null) { Acts = manifest is { OnlyReads: false } };

    private static ChannelCommandOption Option(ToolParameter parameter) => new(
        Name(parameter), parameter.Description, parameter.Kind, CommandUsage.IsRequired(parameter), parameter.Choices ?? [], parameter.Kind is ParameterKind.Selector or ParameterKind.Text);

    private static string Name(ToolParameter parameter) => parameter.Name.Replace('_', '-');
}
