using System.Text.Json;
using System.Text.Json.Nodes;
using ChatOps.Agent.Commands;
using ChatOps.Cli.Client;
using ChatOps.Fleet;
using ChatOps.Tools;

namespace ChatOps.Cli.Commands;

/// <summary>
/// A run on nodes for programs: one JSON object a node as it ends (<c>"event":"node"</c>), and the outcome as the last one (<c>"event":"summary"</c>). A node whose line
/// was lost on the way is told from the outcome, so that all of them are there once.
/// </summary>
internal sealed class NodeLines(CliStreams streams)
{
    private readonly HashSet<string> told = new(StringComparer.Ordinal);

    /// <summary>
    /// Whether a command is told so: <c>fleet exec</c> always, <c>run</c> unless it names a single node. That depends on the words alone, never on how many nodes they
    /// happen to match, so a script is not surprised.
    /// </summary>
    public static bool Apply(ParsedCommand command, string words) =>
        command.Tool is { IsJob: true } && !(command.Arguments.TryGetValue("dry_run", out var dry) && dry == "true") && (words == "exec" || !NamesOneNode(command));

    /// <summary>Takes a line of the gateway.</summary>
    public void Show(JsonElement line)
    {
        if (line.GetProperty("event").GetString() != "node" || !told.Add(line.GetProperty("node").GetString()!)) return;
        Write(JsonNode.Parse(line.GetRawText())!.AsObject());
    }

    /// <summary>Ends it with the outcome.</summary>
    public void End(InvocationAnswer answer)
    {
        if (answer.Raw.GetProperty("result") is { ValueKind: JsonValueKind.Object } result && result.TryGetProperty("nodes", out var nodes) && nodes.ValueKind == JsonValueKind.Array)
        {
            foreach (var node in nodes.EnumerateArray().Where(n => told.Add(n.GetProperty("node").GetString()!)))
            {
                var missing = new JsonObject { ["event"] = "node" };
                foreach (var name in (string[])["node", "outcome", "exitCode", "output", "durationMs", "message"])
                {
                    if (node.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null) missing[name] = JsonNode.Parse(value.GetRawText());
                }

                Write(missing);
            }
        }

        var summary = JsonNode.Parse(answer.Raw.GetRawText())!.AsObject();
        summary.Remove("message");
        summary.Insert(0, "event", "summary");
        Write(summary);
    }

    private void Write(JsonObject line)
    {
        streams.Output.WriteLine(line.ToJsonString(Json.Options));
        streams.Output.Flush();
    }

    private static bool NamesOneNode(ParsedCommand command)
    {
        if (command.Arguments.ContainsKey("rerun") || command.Arguments.ContainsKey("tag") || command.Arguments.ContainsKey("env")) return false;
        if (command.Arguments.TryGetValue("node", out var node)) return !node.Contains('*', StringComparison.Ordinal) && !node.Contains(',', StringComparison.Ordinal);
        return command.Arguments.TryGetValue("on", out var on) && Selector.TryParse(on, out var selector, out _) && selector.NamesOneNode;
    }
}
