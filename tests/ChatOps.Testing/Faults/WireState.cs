namespace ChatOps.Testing.Faults;

/// <summary>How a <see cref="Wire"/> is.</summary>
public enum WireState
{
    /// <summary>Everything passes.</summary>
    Whole,

    /// <summary>New connections are reset.</summary>
    Cut,

    /// <summary>Connections stay and are taken, and nothing passes: a peer that is gone without a word.</summary>
    Silent,

    /// <summary>Nothing passes from whoever connected.</summary>
    NothingOut,

    /// <summary>Nothing passes back to whoever connected.</summary>
    NothingBack,
}
