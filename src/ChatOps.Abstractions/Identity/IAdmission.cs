using ChatOps.Messages;
using ChatOps.Storage;

namespace ChatOps.Identity;

/// <summary>Who and what is answered at all: asked before anything of a message is processed.</summary>
public interface IAdmission
{
    /// <summary>Whether what is said in a group is processed; a direct message always may be.</summary>
    /// <returns>Null when it is; else what is answered, and an empty message for silence.</returns>
    Task<RichMessage?> WhyNotHereAsync(InboxItem item, CancellationToken cancellationToken);

    /// <summary>A stranger's one answer, with a code that they tell an admin. Harmless when asked again for the same message.</summary>
    /// <returns>What is answered; an empty message for silence.</returns>
    Task<RichMessage> GreetAsync(InboxItem item, CancellationToken cancellationToken);

    /// <summary>Notes where somebody who lets people in can be reached.</summary>
    Task SeenAsync(Principal principal, InboxItem item, CancellationToken cancellationToken);
}
