namespace ChatOps.Channels.Telegram.Client;

/// <summary>A person or a bot.</summary>
internal sealed record TgUser
{
    /// <summary>Never changes; more than 32 bits.</summary>
    public long Id { get; init; }

    /// <summary>Whether it is a bot.</summary>
    public bool IsBot { get; init; }

    /// <summary>As they call themselves.</summary>
    public string? FirstName { get; init; }

    /// <summary>As they call themselves.</summary>
    public string? LastName { get; init; }

    /// <summary>Changes hands: for display and mentions only.</summary>
    public string? Username { get; init; }

    /// <summary>In getMe: false while privacy mode is on.</summary>
    public bool? CanReadAllGroupMessages { get; init; }

    /// <summary>In getMe: whether it may be added to groups.</summary>
    public bool? CanJoinGroups { get; init; }
}
