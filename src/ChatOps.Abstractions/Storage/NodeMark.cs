namespace ChatOps.Storage;

/// <summary>What tells one state of a member of the fleet from another.</summary>
/// <param name="Name">Its name.</param>
/// <param name="JoinedAt">When it joined: one that was removed and joined anew counts its revisions from the beginning.</param>
/// <param name="Revision">See <see cref="NodeRow.Revision"/>.</param>
/// <param name="LastSeenAt">When it last answered; its revision does not rise with that.</param>
public readonly record struct NodeMark(string Name, DateTimeOffset JoinedAt, long Revision, DateTimeOffset LastSeenAt);
