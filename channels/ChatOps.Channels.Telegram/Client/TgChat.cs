using System.Text.Json.Serialization;

namespace ChatOps.Channels.Telegram.Client;

/// <summary>A chat.</summary>
internal sealed record TgChat
{
    /// <summary>Changes when a group becomes a supergroup.</summary>
    public long Id { get; init; }

    /// <summary>private, group, supergroup or channel.</summary>
    public string? Type { get; init; }

    /// <summary>A group's name.</summary>
    public string? Title { get; init; }

    /// <summary>Whether it has topics.</summary>
    public bool IsForum { get; init; }

    /// <summary>Whether it is a direct message.</summary>
    [JsonIgnore]
    public bool IsPrivate => Type == "private";

    /// <summary>Whether it is a group of people; a channel is none.</summary>
    [JsonIgnore]
    public bool IsGroup => Type is "group" or "supergroup";
}
