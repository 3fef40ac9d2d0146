namespace ChatOps.Storage;

/// <summary>What is halted. It is read in the transaction that lets something begin, so every gateway of a store obeys it at once, also after a restart.</summary>
public interface IHaltStore
{
    /// <summary>Adds one; false when the id is taken.</summary>
    bool Add(Halt halt);

    /// <summary>Those in force, oldest first.</summary>
    IReadOnlyList<Halt> Open();

    /// <summary>Lifts one; false when it is not in force.</summary>
    bool Lift(string id, string by, DateTimeOffset at);
}
