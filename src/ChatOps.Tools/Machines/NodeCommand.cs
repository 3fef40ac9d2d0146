using System.Text;
using ChatOps.Fleet;

namespace ChatOps.Tools.Machines;

/// <summary>A command that a tool made of typed arguments: the words that run, without a shell, and the line that says the same for people and for the policy.</summary>
/// <param name="Line">The words as one would type them.</param>
/// <param name="Program">What runs.</param>
internal sealed record NodeCommand(string Line, CommandProgram Program)
{
    private const string PlainCharacters = "_./:=@%+,-";

    /// <summary>What to do on a node beyond its first command has an id of its own.</summary>
    public string? Step { get; init; }

    /// <summary>Its time; <see langword="null"/> is that of the call.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Content that the program reads as its standard input.</summary>
    public ExecutionInput? Input { get; init; }

    /// <summary>The bounds of its output; <see langword="null"/> are those of every command.</summary>
    public OutputLimits? Limits { get; init; }

    /// <summary>Where it only reads although what it belongs to changes something, and the other way round.</summary>
    public Policy.Risk? Risk { get; init; }

    /// <summary>One program.</summary>
    public static NodeCommand Of(params IReadOnlyList<string> words) => Piped([words]);

    /// <summary>Programs connected by pipes.</summary>
    public static NodeCommand Piped(IReadOnlyList<IReadOnlyList<string>> commands) =>
        new(string.Join(" | ", commands.Select(Typed)), new CommandProgram([new CommandPipeline(CommandJoin.Always, false, [.. commands.Select(Simple)])]));

    /// <summary>This one, and another when it ends well.</summary>
    public NodeCommand Then(NodeCommand next) => this with
    {
        Line = $"{Line} && {next.Line}",
        Program = new CommandProgram([.. Program.Pipelines, .. next.Program.Pipelines.Select((p, i) => i == 0 ? p with { Join = CommandJoin.And } : p)]),
    };

    private static SimpleCommand Simple(IReadOnlyList<string> words) => new([.. words.Select(w => new CommandWord(w, false))], []);

    private static string Word(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || PlainCharacters.Contains(c, StringComparison.Ordinal)) ? word : Quoted(word);

    private static string Typed(IReadOnlyList<string> words) => string.Join(' ', words.Select(Word));

    private static string Quoted(string word)
    {
        var text = new StringBuilder("'");
        foreach (var c in word) text.Append(c == '\'' ? "'\\''" : c.ToString());
        return text.Append('\'').ToString();
    }
}
