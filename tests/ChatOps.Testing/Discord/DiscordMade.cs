using System.Text.Json.Nodes;

namespace ChatOps.Testing.Discord;

/// <summary>An interaction that a person made, as the server follows it.</summary>
public sealed class DiscordMade
{
    public required string Id { get; init; }

    public required string Token { get; init; }

    public required int Type { get; init; }

    public required string Channel { get; init; }

    public required string User { get; init; }

    public required DateTimeOffset At { get; set; }

    /// <summary>The message whose button was pressed.</summary>
    public string? Message { get; init; }

    /// <summary>The first answer; null before.</summary>
    public JsonObject? Answer { get; set; }

    /// <summary>How long the first answer took.</summary>
    public TimeSpan? Took { get; set; }

    /// <summary>The message that is the answer.</summary>
    public string? Original { get; set; }

    /// <summary>The type of the first answer.</summary>
    public int? AnswerType => (int?)Answer?["type"];
}
