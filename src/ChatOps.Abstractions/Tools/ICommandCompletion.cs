using ChatOps.Identity;

namespace ChatOps.Tools;

/// <summary>Completes command lines as they are typed: commands, flags, choices, selectors, node names. Offers only what the person could use.</summary>
public interface ICommandCompletion
{
    /// <summary>What could stand at the cursor, best first, at most 20. Empty when nothing fits; never throws for any text.</summary>
    /// <param name="text">What is typed so far, with its slash.</param>
    /// <param name="cursor">The cursor's index in <paramref name="text"/>.</param>
    /// <param name="principal">Who types.</param>
    IReadOnlyList<CompletionItem> Complete(string text, int cursor, Principal principal);
}
