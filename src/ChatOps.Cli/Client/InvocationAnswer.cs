using System.Text.Json;
using ChatOps.Messages;
using ChatOps.Tools;

namespace ChatOps.Cli.Client;

/// <summary>An invocation's outcome as the gateway answered it.</summary>
/// <param name="Invocation">Its id.</param>
/// <param name="Status">Where it is.</param>
/// <param name="Approval">The approval it waits or waited for.</param>
/// <param name="Summary">One line for people.</param>
/// <param name="Failure">Why not done.</param>
/// <param name="Message">What the tool says, for people.</param>
/// <param name="Secret">A token or the path of a sign-in link, made for this call and shown once.</param>
/// <param name="Raw">All of it.</param>
internal sealed record InvocationAnswer(
    string Invocation, InvocationStatus Status, string? Approval, string Summary, FailureCode Failure, RichMessage? Message, string? Secret, JsonElement Raw)
{
    /// <summary>Reads it.</summary>
    public static InvocationAnswer Read(JsonElement json) => new(
        json.GetProperty("invocation").GetString()!,
        Enum.Parse<InvocationStatus>(json.GetProperty("status").GetString()!, ignoreCase: true),
        Text(json, "approval"),
        Text(json, "summary") ?? "",
        Text(json, "failure") is { } failure ? Enum.Parse<FailureCode>(failure, ignoreCase: true) : FailureCode.None,
        json.TryGetProperty("message", out var message) ? message.Deserialize<RichMessage>(Json.Options) : null,
        Text(json, "secret"),
        json.Clone());

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
