using System.Buffers;
using System.CommandLine;
using System.CommandLine.Help;
using ChatOps.Tools;

namespace ChatOps.Cli;

/// <summary>Help: what System.CommandLine writes, and the examples of each command.</summary>
internal static class CommandHelp
{
    private static readonly SearchValues<char> ShellCharacters = SearchValues.Create("|;&<>*$");

    /// <summary>Examples of commands that are no tools, by path.</summary>
    private static readonly Dictionary<string, string[]> OwnExamples = new()
    {
        ["chatops"] = ["gateway", "run uptime --on local", "status", "approvals list"],
        ["chatops gateway"] = ["gateway", "gateway --urls http://127.0.0.1:0 --no-open"],
        ["chatops chat"] = ["chat", "chat -m '/status'"],
        ["chatops config"] = ["config show", "config check", "config explain Approvals:Expiry"],
        ["chatops config explain"] = ["config explain Approvals:Expiry", "config explain Fleet"],
        ["chatops completion"] = ["completion bash > ~/.local/share/bash-completion/completions/chatops"],
        ["chatops node"] = ["node --relay wss://chatops.example.com --join TOKEN --label role=web", "node list", "node token create"],
        ["chatops mcp"] = ["mcp", "mcp --no-wait", "mcp --gateway https://chatops.example.com"],
        ["chatops mcp install"] = ["mcp install --client claude-code", "mcp install --client cursor --print", "mcp install --client vscode --gateway https://chatops.example.com --token-file ~/.chatops-token"],
        ["chatops redact"] = ["redact - < build.log", "redact --json < lines.jsonl"],
        ["chatops policy explain"] = ["policy explain 'rm -rf build'", "policy explain - < commands.txt", "policy explain - --json < commands.jsonl"],
    };

    /// <summary>Lets every command's help end with its examples.</summary>
    public static void Install(RootCommand root, IReadOnlyList<ToolManifest> manifests)
    {
        var examples = new Dictionary<Command, IReadOnlyList<string>>();
        foreach (var manifest in manifests)
        {
            foreach (var path in manifest.Commands)
            {
                if (Find(root, path.Split(' ')) is { } command) examples[command] = [.. manifest.Examples.Select(e => Under(ForShells(e), manifest.Commands[0], path))];
            }
        }

        foreach (var (path, lines) in OwnExamples)
        {
            if (Find(root, path.Split(' ')[1..]) is { } command) examples[command] = lines;
        }

        root.Options.OfType<HelpOption>().Single().Action = new HelpWithExamples(examples);
    }

    /// <summary>Writes the help of the whole program.</summary>
    public static void Write(RootCommand root, TextWriter output) => root.Parse(["--help"]).Invoke(new InvocationConfiguration { Output = output });

    /// <summary>The command as it is typed.</summary>
    public static string PathOf(Command command)
    {
        var words = new List<string>();
        for (Symbol? symbol = command; symbol is Command c; symbol = symbol.Parents.FirstOrDefault()) words.Add(c is RootCommand ? "chatops" : c.Name);
        words.Reverse();
        return string.Join(' ', words);
    }

    // A tool with two commands has its examples once, written with the first.
    private static string Under(string example, string first, string path) =>
        example.StartsWith(first + " ", StringComparison.Ordinal) ? path + example[first.Length..] : example;

    // In chat a line is taken as it is; a shell would take the pipe for itself.
    private static string ForShells(string example) => IsForShellsToo(example) ? example : Quoted(example);

    // Between double quotes a shell leaves all but the dollar alone.
    private static bool IsForShellsToo(string example)
    {
        if (example.Contains('\'')) return true;
        var open = example.Split('"').Where((_, i) => i % 2 == 0);
        return !example.Contains('$') && !open.Any(part => part.AsSpan().ContainsAny(ShellCharacters));
    }

    private static string Quoted(string example)
    {
        var start = example.IndexOf(' ', StringComparison.Ordinal) + 1;
        var end = example.LastIndexOf(" --on ", StringComparison.Ordinal) is var on and > 0 ? on : example.Length;
        return $"{example[..start]}'{example[start..end]}'{example[end..]}";
    }

    private static Command? Find(Command root, IEnumerable<string> words)
    {
        Command? command = root;
        foreach (var word in words) command = command?.Subcommands.FirstOrDefault(c => c.Name == word);
        return command;
    }
}
