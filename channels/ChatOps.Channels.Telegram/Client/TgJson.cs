using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatOps.Channels.Telegram.Client;

/// <summary>How the Bot API is read and written.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = MaxDepth)]
[JsonSerializable(typeof(TgEnvelope))]
[JsonSerializable(typeof(TgRequest))]
[JsonSerializable(typeof(TgUpdate))]
[JsonSerializable(typeof(TgUser))]
[JsonSerializable(typeof(TgMessage))]
[JsonSerializable(typeof(TgFileInfo))]
[JsonSerializable(typeof(TgWebhookInfo))]
[JsonSerializable(typeof(TgMarkup))]
[JsonSerializable(typeof(TgChat))]
[JsonSerializable(typeof(TgForumTopic))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(bool))]
internal sealed partial class TgJson : JsonSerializerContext
{
    /// <summary>Deeper nested text is refused.</summary>
    public const int MaxDepth = 64;
}
