namespace ChatOps.Storage.Engine;

/// <summary>What became of a transaction whose commit was not answered.</summary>
internal enum CommitFate
{
    /// <summary>Nothing of it was saved.</summary>
    Undone,

    /// <summary>It was saved.</summary>
    Committed,

    /// <summary>Nobody can say now.</summary>
    Unknown,
}
