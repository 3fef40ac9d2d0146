namespace ChatOps.Storage;

/// <summary>The answer to a question that a server is asked together with the next one, because each message to it and back costs more than most questions. It is how things stood when it was asked, whatever the transaction wrote since.</summary>
/// <typeparam name="T">What is answered.</typeparam>
public interface IAnswer<out T>
{
    /// <summary>Whether it is there already; where the database is a file it always is.</summary>
    bool IsKnown { get; }

    /// <summary>The answer; asks now when nothing has carried the question yet.</summary>
    /// <exception cref="StoreUnavailableException">The store failed.</exception>
    T Value { get; }
}
