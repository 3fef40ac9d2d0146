namespace ChatOps.Channels.Discord;

/// <summary>What can be done with a sent message.</summary>
internal enum PartKind
{
    /// <summary>It has content.</summary>
    Plain,

    /// <summary>It has components instead of content; Discord does not turn one into the other.</summary>
    Card,

    /// <summary>One person saw it; it cannot be changed.</summary>
    Private,
}
