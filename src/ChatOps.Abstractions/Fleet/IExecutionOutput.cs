namespace ChatOps.Fleet;

/// <summary>Receives an execution's output while it runs.</summary>
public interface IExecutionOutput
{
    /// <summary>A piece of output, decoded as UTF-8 with replacement; never splits a code point.</summary>
    /// <param name="text">The piece, not redacted.</param>
    void Append(string text);
}
