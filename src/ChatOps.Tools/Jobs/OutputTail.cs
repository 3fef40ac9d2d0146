using System.Text;

namespace ChatOps.Tools.Jobs;

/// <summary>The newest of an output, bounded. Safe to call from any thread.</summary>
internal sealed class OutputTail
{
    /// <summary>
    /// Characters that are kept, four times what is ever shown: a secret that began before what is shown is still seen whole by the redactor.
    /// </summary>
    public const int Kept = 16 * 1024;

    private readonly Lock gate = new();
    private readonly StringBuilder text = new();

    /// <summary>Adds a piece.</summary>
    public void Append(string piece)
    {
        lock (gate)
        {
            text.Append(piece);
            // Cut rarely, so that a flood of small pieces costs little.
            if (text.Length > 2 * Kept) text.Remove(0, text.Length - Kept);
        }
    }

    /// <summary>What is kept; not redacted.</summary>
    public string Raw()
    {
        lock (gate) return text.ToString();
    }
}
