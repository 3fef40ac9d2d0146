using ChatOps.Identity;

namespace ChatOps.Storage;

/// <summary>Pairing requests of strangers, groups, and where people were last. What is over is not found.</summary>
public interface IAdmissionStore
{
    /// <summary>The request of a stranger, pending or denied.</summary>
    PairingRow? FindPairing(Actor actor, DateTimeOffset now);

    /// <summary>A pending request.</summary>
    PairingRow? FindPairing(string code, DateTimeOffset now);

    /// <summary>Pending requests, oldest first.</summary>
    IReadOnlyList<PairingRow> Pairings(DateTimeOffset now, int limit);

    /// <summary>Sets the request of a stranger; there is one of each.</summary>
    void SetPairing(PairingRow row);

    /// <summary>Removes the request of a stranger.</summary>
    void RemovePairing(Actor actor);

    /// <summary>One group.</summary>
    GroupRow? FindGroup(string channel, string chat);

    /// <summary>Groups, admitted ones first, then the newest.</summary>
    IReadOnlyList<GroupRow> Groups(int limit);

    /// <summary>Sets a group.</summary>
    void SetGroup(GroupRow row);

    /// <summary>Removes a group; false when there is none.</summary>
    bool RemoveGroup(string channel, string chat);

    /// <summary>The private conversation in which a principal was last; null when none is known.</summary>
    string? PlaceOf(string principal);

    /// <summary>Notes it.</summary>
    void SetPlace(string principal, string conversationId, DateTimeOffset now);

    /// <summary>Removes requests that are over and unadmitted groups last seen before a time, a bounded number a call; returns how many.</summary>
    int Prune(DateTimeOffset now, DateTimeOffset groupsBefore);
}
