namespace ChatOps.Fleet;

/// <summary>What people want to know about the machine that this process runs on.</summary>
public interface INodeFacts
{
    /// <summary>
    /// The facts now: <c>host</c>, <c>os</c>, <c>kernel</c>, <c>arch</c>, <c>cpus</c>, <c>load</c>, <c>memory</c>, <c>disk</c>, <c>disks</c> (the others), <c>uptime</c>, <c>cpu</c> (its name), <c>init</c> (what manages services).
    /// One that cannot be read is left out.
    /// </summary>
    IReadOnlyDictionary<string, string> Read();
}
