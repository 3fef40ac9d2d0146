namespace ChatOps.Channels.Discord;

/// <summary>Why a message is nothing for us.</summary>
internal enum DropReason
{
    /// <summary>It is.</summary>
    None,

    /// <summary>Written by a bot, us included.</summary>
    Bot,

    /// <summary>Written by a webhook: anybody could be behind it.</summary>
    Webhook,

    /// <summary>Forwarded: somebody else's words.</summary>
    Forwarded,

    /// <summary>Edited.</summary>
    Edited,

    /// <summary>Not something that a person wrote: a join, a pin.</summary>
    System,

    /// <summary>Not said to us.</summary>
    NotAddressed,

    /// <summary>Without text and files; where the Message Content Intent is off, everything that does not mention us looks like this.</summary>
    Empty,

    /// <summary>Not what Discord's documentation says.</summary>
    Malformed,
}
