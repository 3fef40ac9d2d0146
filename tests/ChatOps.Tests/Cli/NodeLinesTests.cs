using System.Text.Json;
using ChatOps.Agent.Commands;
using ChatOps.Cli;
using ChatOps.Cli.Client;
using ChatOps.Cli.Commands;
using ChatOps.Tools;

namespace ChatOps.Tests.Cli;

/// <summary>What a run says to programs: one object a node as it ends, and a summary as the last one.</summary>
public sealed class NodeLinesTests
{
    private static readonly ChatCommandLine Grammar = new(ToolDefinitions.All);

    [Theory]
    [InlineData("run uptime --on local", "run", false)]
    [InlineData("run uptime --on node=web-1", "run", false)]
    [InlineData("run uptime --node web-1", "run", false)]
    [InlineData("run uptime --on role=web", "run", true)]
    [InlineData("run uptime --on web-*", "run", true)]
    [InlineData("run uptime --on all", "run", true)]
    [InlineData("run --rerun failed", "run", true)]
    [InlineData("fleet exec uptime --on local", "exec", true)]
    [InlineData("nodes", "nodes", false)]
    public void Whether_nodes_are_told_one_by_one_depends_on_the_words_alone(string line, string word, bool expected)
    {
        var command = Grammar.Parse(line);
        Assert.True(command.Understood, command.Error);
        Assert.Equal(expected, NodeLines.Apply(command, word));
    }

    [Fact]
    public void Every_node_is_there_once_also_when_its_line_was_lost_and_the_summary_is_last()
    {
        using var output = new StringWriter { NewLine = "\n" };
        var lines = new NodeLines(new CliStreams(TextReader.Null, output, TextWriter.Null, false, false, false));
        lines.Show(Parse("""{"event":"progress","label":"x","done":1,"total":2}"""));
        lines.Show(Parse("""{"event":"node","node":"web-1","outcome":"ok","exitCode":0,"output":"a","durationMs":3}"""));
        lines.Show(Parse("""{"event":"node","node":"web-1","outcome":"ok","exitCode":0,"output":"a","durationMs":3}"""));
        lines.End(InvocationAnswer.Read(Parse(
            """{"invocation":"i","status":"partial","summary":"1 of 2","result":{"total":2,"nodes":[{"node":"web-1","outcome":"ok","output":"a"},{"node":"web-2","outcome":"failed","exitCode":3,"output":"b","durationMs":4,"message":null}]},"audit":null}""")));
        var written = output.ToString().TrimEnd('\n').Split('\n').Select(Parse).ToList();
        Assert.Equal(["node", "node", "summary"], written.Select(w => w.GetProperty("event").GetString()));
        Assert.Equal(["web-1", "web-2"], written[..2].Select(w => w.GetProperty("node").GetString()));
        Assert.Equal(3, written[1].GetProperty("exitCode").GetInt32());
        Assert.Equal("partial", written[2].GetProperty("status").GetString());
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement.Clone();
}
