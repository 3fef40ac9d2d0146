using ChatOps.Storage;

namespace ChatOps.Console.Components;

/// <summary>What the frame around every page shows.</summary>
/// <param name="Section">The current section.</param>
/// <param name="Title">The page's title.</param>
/// <param name="PersonId">Who is signed in.</param>
/// <param name="PersonName">Their name.</param>
/// <param name="Roles">Their roles now.</param>
/// <param name="Theme">auto, light or dark.</param>
/// <param name="Assets">Where scripts and styles are.</param>
/// <param name="NeedsYou">Approvals that this person may decide now.</param>
/// <param name="Conversations">Their conversations, most recent first.</param>
/// <param name="CurrentChat">The open conversation's slug.</param>
/// <param name="Halts">What is halted.</param>
public sealed record ShellView(
    Section Section,
    string Title,
    string PersonId,
    string PersonName,
    IReadOnlyList<string> Roles,
    string Theme,
    string Assets,
    int NeedsYou,
    IReadOnlyList<ConversationLink> Conversations,
    string? CurrentChat,
    IReadOnlyList<Halt> Halts);
