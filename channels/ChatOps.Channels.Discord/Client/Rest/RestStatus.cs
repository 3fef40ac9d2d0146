namespace ChatOps.Channels.Discord;

/// <summary>The outcomes of a request.</summary>
internal enum RestStatus
{
    /// <summary>Done.</summary>
    Ok,

    /// <summary>Discord said no, and would again.</summary>
    Refused,

    /// <summary>Not now: not before <see cref="RestReply.RetryAfter"/>.</summary>
    Limited,

    /// <summary>It never left: Discord cannot be reached.</summary>
    NotSent,

    /// <summary>It left and no usable answer came: Discord may have done it.</summary>
    Ambiguous,

    /// <summary>Discord does not know the bot token (any more).</summary>
    TokenRejected,
}
