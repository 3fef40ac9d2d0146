using System.Text.Json.Nodes;

namespace ChatOps.Testing.Discord;

/// <summary>A REST call as the server saw it.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path below the root.</param>
/// <param name="Template">Path with the ids left open.</param>
/// <param name="Body">The JSON body.</param>
/// <param name="At">When.</param>
public sealed record DiscordCall(string Method, string Path, string Template, JsonNode? Body, DateTimeOffset At)
{
    /// <summary>What was answered; 0 when the server gave no answer.</summary>
    public int Status { get; set; }

    public override string ToString() => $"{Method} {Template} → {Status}";
}
