using System.Data.Common;

namespace ChatOps.Storage.Sessions;

/// <summary>An answer that is read when its rows come by.</summary>
/// <param name="ask">Sends what waits.</param>
internal sealed class Answer<T>(Action ask) : IAnswer<T?>
{
    private T? value;
    private Exception? failure;

    /// <inheritdoc/>
    public bool IsKnown { get; private set; }

    /// <inheritdoc/>
    public T? Value
    {
        get
        {
            if (!IsKnown) ask();
            if (failure is not null) throw failure;
            return IsKnown ? value : throw new InvalidOperationException("The transaction that was asked has ended; an answer must not leave its delegate.");
        }
    }

    /// <summary>There is no row.</summary>
    public void Read() => IsKnown = true;

    /// <summary>Reads it. What cannot be read is said to whoever looks at the answer, not to whoever asked the next question.</summary>
    /// <param name="map">Reads the row.</param>
    /// <param name="row">The row.</param>
    public void Read(Func<SqlRow, T> map, SqlRow row)
    {
        IsKnown = true;
        try
        {
            value = map(row);
        }
        catch (Exception e) when (e is not DbException)
        {
            failure = e;
        }
    }
}
