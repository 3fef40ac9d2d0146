namespace ChatOps.Bus;

/// <summary>What may be done with a step whose end is not known.</summary>
internal enum RepeatRule
{
    /// <summary>Sent again: the platform knows it by its id, or doing it twice is as good as once.</summary>
    Always,

    /// <summary>Sent again once, saying that it may be there twice: nobody shall miss a result.</summary>
    OnceMarked,

    /// <summary>Not sent again: it was already, or it has buttons and its owner issues one that supersedes it.</summary>
    Never,
}
