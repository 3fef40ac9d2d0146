namespace ChatOps.Messages;

/// <summary>The weight of a button.</summary>
public enum ActionStyle
{
    /// <summary>Unstyled: the safe choice.</summary>
    Plain,

    /// <summary>The main one.</summary>
    Primary,

    /// <summary>The main one, when destructive.</summary>
    Danger,
}
