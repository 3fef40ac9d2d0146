namespace ChatOps.Secrets.Redaction;

/// <summary>Withholds everything from the first fault on.</summary>
internal sealed class GuardedStream(RedactionSession session) : IStreamRedactor
{
    private bool _failed;

    /// <inheritdoc />
    public string Push(string text) => Guard(() => session.Push(text));

    /// <inheritdoc />
    public string Flush() => Guard(() =>
    {
        var rest = session.Flush();
        session.Dispose();
        return rest;
    });

    private string Guard(Func<string> action)
    {
        if (_failed)
            return "";

        try
        {
            return action();
        }
        catch (Exception bug) when (bug is not OutOfMemoryException)
        {
            _failed = true;
            return Redactor.Withheld;
        }
    }
}
