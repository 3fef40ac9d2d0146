namespace ChatOps.Jobs;

/// <summary>How many nodes of a job are how.</summary>
/// <param name="Word">An outcome's word, <see cref="Running"/> or <see cref="Waiting"/>.</param>
/// <param name="Nodes">How many.</param>
public sealed record JobCount(string Word, int Nodes)
{
    /// <summary>Of a node that works now.</summary>
    public const string Running = "running";

    /// <summary>Of a node whose turn has not come.</summary>
    public const string Waiting = "waiting";
}
