namespace ChatOps.Storage.Sessions;

/// <summary>Statements whose answers nobody waits for; they go to the server with the next question, because each message to it and back costs more than most statements.</summary>
internal interface IStatementLine
{
    /// <summary>Whether any wait.</summary>
    bool HasWaiting { get; }

    /// <summary>Whether the server has taken the beginning of the last transaction and what was sent with it.</summary>
    bool HasBegun { get; }

    /// <summary>Has a transaction begun with what is sent next.</summary>
    /// <param name="sql">The statement that begins it.</param>
    void Begin(string sql);

    /// <summary>Sends what waits, and waits until all of it is done.</summary>
    void Flush();

    /// <summary>Forgets what waits.</summary>
    void Forget();

    /// <summary>Ends the transaction without saving: forgets what waits, and has the server forget what it knows of it.</summary>
    /// <param name="atOnce">Not only with the next question.</param>
    void Rollback(bool atOnce);
}
