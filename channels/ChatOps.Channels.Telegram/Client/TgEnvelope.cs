using System.Text.Json;

namespace ChatOps.Channels.Telegram.Client;

/// <summary>What every answer is wrapped in.</summary>
internal sealed record TgEnvelope
{
    /// <summary>Whether it was done.</summary>
    public bool Ok { get; init; }

    /// <summary>What came back.</summary>
    public JsonElement? Result { get; init; }

    /// <summary>The error's code.</summary>
    public int ErrorCode { get; init; }

    /// <summary>The error in words.</summary>
    public string? Description { get; init; }

    /// <summary>What the error says besides.</summary>
    public TgParameters? Parameters { get; init; }
}
