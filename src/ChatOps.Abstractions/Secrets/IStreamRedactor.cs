namespace ChatOps.Secrets;

/// <summary>Redacts a stream piece by piece. Not thread-safe.</summary>
public interface IStreamRedactor
{
    /// <summary>Takes a piece and returns what is safe to show now; the rest is held back (at most 8 KiB).</summary>
    /// <param name="text">The next piece.</param>
    string Push(string text);

    /// <summary>Returns what was held back, redacted.</summary>
    string Flush();
}
