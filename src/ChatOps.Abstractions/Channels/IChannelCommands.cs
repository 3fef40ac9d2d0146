using ChatOps.Identity;
using ChatOps.Tools;

namespace ChatOps.Channels;

/// <summary>The commands as platforms want to be told them, made from the same definitions as help and the command line. A channel knows words, not tools.</summary>
public interface IChannelCommands
{
    /// <summary>The tree, ordered by name.</summary>
    IReadOnlyList<ChannelCommand> All { get; }

    /// <summary>Changes when <see cref="All"/> changes: what was registered with it need not be registered again.</summary>
    string Fingerprint { get; }

    /// <summary>The chat line of a filled-in command, quoted so that the grammar reads back exactly these values: <c>/run 'df -h' --on local</c>.</summary>
    /// <param name="words">The command's words.</param>
    /// <param name="options">Values by option name; unknown names are refused.</param>
    /// <exception cref="ArgumentException">There is no such command or option.</exception>
    string Line(IReadOnlyList<string> words, IReadOnlyDictionary<string, string> options);

    /// <summary>What could stand in an option, best first, at most 20, only what the person could use. Empty for a stranger; never throws for any text.</summary>
    /// <param name="actor">Who types.</param>
    /// <param name="words">The command's words.</param>
    /// <param name="option">The option being typed.</param>
    /// <param name="typed">What is typed so far.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task<IReadOnlyList<CompletionItem>> CompleteAsync(Actor actor, IReadOnlyList<string> words, string option, string typed, CancellationToken cancellationToken);
}
