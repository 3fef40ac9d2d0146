using ChatOps.Tools;

namespace ChatOps.Host.Api;

/// <summary>Sends what a tool shows while it runs as passing lines.</summary>
/// <param name="lines">The answer.</param>
internal sealed class StreamedProgress(JsonLines lines) : IToolProgress
{
    /// <inheritdoc/>
    public void Output(string node, string text) => lines.Pass(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("event", "output");
        writer.WriteString("node", node);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    });

    /// <inheritdoc/>
    public void Report(string label, long done, long? total) => lines.Pass(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("event", "progress");
        writer.WriteString("label", label);
        writer.WriteNumber("done", done);
        if (total is { } all) writer.WriteNumber("total", all);
        writer.WriteEndObject();
    });

    /// <inheritdoc/>
    public bool FollowsNodes => true;

    /// <inheritdoc/>
    public void Ended(NodeEnd end) => lines.Pass(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("event", "node");
        writer.WriteString("node", end.Node);
        writer.WriteString("outcome", end.Outcome);
        if (end.ExitCode is { } exit) writer.WriteNumber("exitCode", exit);
        writer.WriteString("output", end.Output);
        writer.WriteNumber("durationMs", Math.Round(end.Duration.TotalMilliseconds, 1));
        if (end.Message is { } message) writer.WriteString("message", message);
        writer.WriteEndObject();
    });
}
