using System.Text.Json.Nodes;

namespace ChatOps.Testing.Slack;

/// <summary>A call that the server got.</summary>
/// <param name="Method">The method.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Answer">The error code, <c>ok</c>, or what the tape did.</param>
/// <param name="At">When, by the server's monotonic clock.</param>
public sealed record SlackCall(string Method, JsonObject Arguments, string Answer, TimeSpan At)
{
    /// <summary>An argument as text; empty when there is none.</summary>
    public string Text(string name) => Arguments[name]?.GetValueKind() == System.Text.Json.JsonValueKind.String ? Arguments[name]!.GetValue<string>() : "";
}
