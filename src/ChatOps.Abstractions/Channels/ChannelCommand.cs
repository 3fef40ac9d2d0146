namespace ChatOps.Channels;

/// <summary>A word of the command tree as a platform's menu shows it. It has subcommands, or it can be used itself, or both.</summary>
/// <param name="Name">One word: <c>run</c>, <c>approvals</c>, <c>list</c>.</param>
/// <param name="Summary">One line.</param>
/// <param name="Options">What it takes, when it can be used itself.</param>
/// <param name="Subcommands">The words that may follow.</param>
/// <param name="Usable">Whether it can be used itself.</param>
public sealed record ChannelCommand(
    string Name, string Summary, IReadOnlyList<ChannelCommandOption> Options, IReadOnlyList<ChannelCommand> Subcommands, bool Usable)
{
    /// <summary>Whether it does something itself, where others of the same shape list what there is (<c>halt</c>, but not <c>approvals</c>).</summary>
    public bool Acts { get; init; }
}
