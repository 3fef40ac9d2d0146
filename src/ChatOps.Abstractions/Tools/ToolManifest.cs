namespace ChatOps.Tools;

/// <summary>The one definition of a tool: the model's function, the chat command, the CLI subcommand and the HTTP endpoint come from it.</summary>
/// <param name="Name">Lower snake case, unique.</param>
/// <param name="Group">What access rules may name instead of the tool: <c>files</c>, <c>audit</c>, …</param>
/// <param name="Summary">One line.</param>
/// <param name="Commands">Its words on command lines, the main one first: <c>audit list</c>, <c>audit</c>.</param>
/// <param name="Parameters">In order.</param>
public sealed record ToolManifest(
    string Name, string Group, string Summary, IReadOnlyList<string> Commands, IReadOnlyList<ToolParameter> Parameters)
{
    /// <summary>The selector parameter whose nodes it acts on; null when it acts on the gateway alone.</summary>
    public string? TargetParameter { get; init; }

    /// <summary>
    /// Whether reads are recorded in the audit. Only views of the gateway's own state may be unrecorded, and only at risk read;
    /// everything else is recorded always.
    /// </summary>
    public bool Recorded { get; init; } = true;

    /// <summary>
    /// Whether no call of it changes anything, whatever its arguments. That is told to programs that show or choose tools by it, and decides nothing here: what
    /// may be read is assessed at every call all the same. Unrecorded tools only read in any case.
    /// </summary>
    public bool OnlyReads
    {
        get => field || !Recorded;
        init;
    }

    /// <summary>Whether anybody who is known may use it, whatever their roles (<c>whoami</c>, <c>help</c>).</summary>
    public bool ForEverybody { get; init; }

    /// <summary>
    /// Whether it never needs an approval of its own, whatever its risk: deciding an approval, ending a grant or a token. Such a tool
    /// still needs the permission and is recorded.
    /// </summary>
    public bool NeverAsks { get; init; }

    /// <summary>
    /// Whether the nodes that decide the permission are not in its arguments: deciding an approval needs the right on the plan's nodes, which the
    /// ledger of approvals checks. The gate then asks only whether the person could use it on some node.
    /// </summary>
    public bool TargetsInPlan { get; init; }

    /// <summary>
    /// Whether its result holds text from outside the gateway that somebody else may have written: outputs, log lines, file contents, web pages. A model that
    /// has read such text may be led by it; what it asks for afterwards is treated accordingly (<see cref="InvocationRequest.TaintedBy"/>).
    /// </summary>
    public bool ReadsOutside { get; init; }

    /// <summary>Whether its result is a file; command lines then have <c>--output FILE</c>.</summary>
    public bool GivesFile { get; init; }

    /// <summary>
    /// Whether it works for a while on machines, as a job that has a live card with a bar, the newest output on demand and a button that stops it.
    /// </summary>
    public bool IsJob { get; init; }

    /// <summary>
    /// Whether it is about what runs: then it does not wait in its conversation until that has ended, and a press of its button is answered to the presser alone.
    /// </summary>
    public bool OutOfTurn { get; init; }

    /// <summary>
    /// Whether it is never counted against how much a person may ask in a minute: stopping, halting, looking after what runs, and deciding an approval make things safer, or others
    /// wait for them.
    /// </summary>
    public bool IsNeverLimited => OutOfTurn || this is { NeverAsks: true, TargetsInPlan: true };

    /// <summary>What must hold after a change with it; null when it declares nothing, and its changes stay unverified unless a plan names a check.</summary>
    public PostCondition? PostCondition { get; init; }

    /// <summary>Command lines for help.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];
}
