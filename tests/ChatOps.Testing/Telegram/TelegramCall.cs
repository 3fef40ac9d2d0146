using System.Text.Json.Nodes;

namespace ChatOps.Testing.Telegram;

/// <summary>A call of the Bot API, as it came.</summary>
/// <param name="Method">The method.</param>
/// <param name="Parameters">Its parameters.</param>
/// <param name="At">When.</param>
public sealed record TelegramCall(string Method, JsonObject Parameters, DateTimeOffset At)
{
    /// <summary>What it was answered with; 0 while it is not.</summary>
    public int Answer { get; set; }

    /// <summary>The chat that it is about.</summary>
    public long? Chat => Parameters["chat_id"]?.GetValue<long>();

    /// <summary>Its text.</summary>
    public string? Text => (Parameters["text"] ?? Parameters["caption"])?.GetValue<string>();
}
