namespace ChatOps.Fleet;

/// <summary>
/// Receives an execution's output as the programs wrote it, all of it up to <see cref="OutputLimits.FileBytes"/>, instead of as text at a pace for people.
/// </summary>
public interface IByteOutput : IExecutionOutput
{
    /// <summary>The next bytes. Must not block for long: the program waits.</summary>
    /// <param name="bytes">Valid during the call.</param>
    void Append(ReadOnlySpan<byte> bytes);
}
