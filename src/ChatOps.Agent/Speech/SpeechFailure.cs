namespace ChatOps.Agent.Speech;

/// <summary>Why a service gave no transcript.</summary>
internal enum SpeechFailure
{
    /// <summary>It is no sound of a known format.</summary>
    NotSound,

    /// <summary>The service cannot be reached, or answers with an error of its own.</summary>
    Down,

    /// <summary>It took too long.</summary>
    TimedOut,

    /// <summary>It refuses the key.</summary>
    KeyRefused,

    /// <summary>It does not know the model or the address.</summary>
    NotFound,

    /// <summary>It is asked too often, or the quota is used up.</summary>
    Busy,

    /// <summary>It takes no sound of this size.</summary>
    TooLarge,

    /// <summary>It could not read the sound.</summary>
    Unreadable,

    /// <summary>Its answer is not one.</summary>
    BadAnswer,
}
