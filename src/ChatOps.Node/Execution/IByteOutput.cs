using ChatOps.Fleet;

namespace ChatOps.Node.Execution;

/// <summary>Receives an execution's output as the programs wrote it, all of it, instead of as text at a pace for people. Attach it before the start.</summary>
internal interface IByteOutput : IExecutionOutput
{
    /// <summary>The next bytes. Must not block for long: the program waits.</summary>
    /// <param name="bytes">Valid during the call.</param>
    void Append(ReadOnlySpan<byte> bytes);
}
