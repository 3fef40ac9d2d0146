using System.CommandLine;
using ChatOps.Agent.Commands;
using ChatOps.Tools;

namespace ChatOps.Tests.Agent.Commands;

/// <summary>The same grammar for argument vectors, below a root with options and commands of its own.</summary>
public class CommandTreeTests
{
    [Theory]
    [InlineData("run(command_line=uptime; on=local)", "run", "uptime", "--on", "local")]
    [InlineData("run(command_line=ps aux | grep 'foo bar'; on=local)", "run", "ps aux | grep 'foo bar'", "--on", "local")]
    [InlineData("run(command_line=grep 'foo bar' /etc/motd; on=local)", "run", "grep", "foo bar", "/etc/motd", "--on", "local")]
    [InlineData("run(command_line=ls --on x; on=local)", "run", "--on", "local", "--", "ls", "--on", "x")]
    [InlineData("run(command_line=ls -h; on=local)", "run", "ls", "-h", "--on", "local")]
    [InlineData("run(command_line=docker --help; on=local)", "run", "docker", "--help", "--on", "local")]
    [InlineData("run(command_line=uptime; on=local)", "--data", "/x", "run", "uptime", "--on", "local", "--json")]
    [InlineData("run(command_line=echo 'it'\\''s'; on=local)", "run", "echo", "it's", "--on", "local")]
    [InlineData("run(command_line=echo ''; on=local)", "run", "echo", "", "--on", "local")]
    [InlineData("audit_list(since=24h)", "audit", "--since", "24h", "--json")]
    [InlineData("policy_explain(command_line=-)", "policy", "explain", "-")]
    [InlineData("node_show(name=local)", "node", "show", "local")]
    public async Task An_argument_vector_means_the_same_as_the_line(string expected, params string[] args)
    {
        ParsedCommand? seen = null;
        var root = Root(command => seen = command);
        var arranged = CommandTree.Arrange(root, args);
        Assert.Null(arranged.Wrong);
        Assert.Equal(7, await root.Parse(arranged.Args, CommandTree.Parsing).InvokeAsync());
        Assert.Equal(expected, Line.Shown(seen!));
    }

    [Theory]
    [InlineData("There is no command 'rnu'. Did you mean 'run'?", "rnu", "uptime")]
    [InlineData("'--sicne' is not an option of 'audit list'. Did you mean '--since'?", "audit", "--sicne", "24h")]
    [InlineData("'access' needs one more word: ", "access")]
    public void A_wrong_argument_vector_is_answered_in_the_same_words(string start, params string[] args) =>
        Assert.StartsWith(start, CommandTree.Arrange(Root(_ => { }), args).Wrong?.Error, StringComparison.Ordinal);

    [Fact]
    public void Options_of_the_root_reach_the_handler_wherever_they_stand()
    {
        var root = Root(_ => { });
        foreach (var args in new string[][] { ["--data", "/x", "nodes"], ["nodes", "--data", "/x"], ["run", "ls", "--on", "a", "--data", "/x"] })
            Assert.Equal("/x", root.Parse(CommandTree.Arrange(root, args).Args, CommandTree.Parsing).GetValue<string>("--data"));
    }

    [Theory]
    [InlineData("gateway", "--urls", "http://127.0.0.1:1")]
    [InlineData("node", "--relay", "wss://x")]
    [InlineData("--help")]
    [InlineData("--unknown", "run")]
    public void Other_commands_are_left_alone(params string[] args)
    {
        var arranged = CommandTree.Arrange(Root(_ => { }), args);
        Assert.Null(arranged.Wrong);
        Assert.Equal(args, arranged.Args);
    }

    [Fact]
    public void One_path_cannot_belong_to_two_tools()
    {
        var twin = new ToolManifest("twin", "x", "A twin.", ["run"], []);
        Assert.Throws<InvalidOperationException>(() => CommandTree.AddTo(new Command("x"), [.. ToolDefinitions.All, twin], null));
    }

    private static RootCommand Root(Action<ParsedCommand> seen)
    {
        var root = new RootCommand("test")
        {
            new Option<string>("--data") { Recursive = true },
            new Option<bool>("--json") { Recursive = true },
            new Command("gateway") { new Option<string>("--urls") },
        };
        var node = new Command("node") { new Option<string>("--relay") };
        node.SetAction(_ => 0);
        root.Add(node);
        CommandTree.AddTo(root, ToolDefinitions.All, (command, _, _) =>
        {
            seen(command);
            return Task.FromResult(7);
        });
        return root;
    }
}
